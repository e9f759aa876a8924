import { type Deciders, NoDeciders } from '@app/approvals';
import { AuditEntry } from '@app/audit';
import { assertRoleIsBound, assertSchemaKnown, createDataSource } from '@app/database';
import { Tenant } from '@app/tenancy';
import { ProviderChannel } from '../channel/provider-channel.entity';
import { VerificationPolicy } from '../policy/verification-policy.entity';
import { VerificationAdmin } from './verification-admin';

/** Opens the database as its owner for one piece of administration, such as pausing a provider at the command line. */
export async function withVerificationAdmin<T>(
  options: { ownerUrl: string; applicationName: string; deciders?: Deciders },
  work: (admin: VerificationAdmin) => Promise<T>,
): Promise<T> {
  const { ownerUrl: url, applicationName } = options;
  const entities = [Tenant, AuditEntry, VerificationPolicy, ProviderChannel];
  const dataSource = await createDataSource({ url, applicationName, entities, poolSize: 1 }).initialize();
  try {
    await assertRoleIsBound(dataSource);
    await assertSchemaKnown(dataSource);
    return await work(new VerificationAdmin(dataSource, options.deciders ?? new NoDeciders()));
  } finally {
    await dataSource.destroy();
  }
}
