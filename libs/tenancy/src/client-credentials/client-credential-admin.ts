import { AuditEntry, AuditLog } from '@app/audit';
import { type Actor, assertRoleIsBound, assertSchemaKnown, createDataSource, type Tx, UnitOfWork } from '@app/database';
import { createKeyring, type KeyringOptions } from '@app/keyring';
import { TenantNotFoundError } from '../tenant.error';
import { Tenant } from '../tenant.entity';
import { TenantStore } from '../tenant.store';
import { ClientCredential } from './client-credential.entity';
import { ClientCredentialStore } from './client-credential.store';
import { ClientCredentials, type IssuedCredential, type NewClientCredential } from './client-credentials.service';

/** The tenant has no credential with this key or appId. */
export class CredentialNotFoundError extends Error {
  constructor(tenantName: string, publicId: string) {
    super(`"${tenantName}" has no client credential ${publicId}`);
    this.name = 'CredentialNotFoundError';
  }
}

/** What an operator does with client credentials, at the command line and as the owner role. All throw TenantNotFoundError. */
export class ClientCredentialAdmin {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tenants: TenantStore,
    private readonly credentials: ClientCredentials,
  ) {}

  async create(actor: Actor, tenantName: string, wanted: NewClientCredential): Promise<IssuedCredential> {
    return this.within(actor, tenantName, (tx) => this.credentials.issue(tx, wanted));
  }

  async list(actor: Actor, tenantName: string): Promise<ClientCredential[]> {
    return this.within(actor, tenantName, (tx) => this.credentials.list(tx));
  }

  /** @throws CredentialNotFoundError */
  async revoke(actor: Actor, tenantName: string, publicId: string): Promise<void> {
    const isFound = await this.within(actor, tenantName, (tx) => this.credentials.revoke(tx, publicId));
    if (!isFound) throw new CredentialNotFoundError(tenantName, publicId);
  }

  private async within<T>(actor: Actor, tenantName: string, work: (tx: Tx) => Promise<T>): Promise<T> {
    const tenant = await this.tenants.findByName(tenantName);
    if (!tenant) throw new TenantNotFoundError(tenantName);
    return this.unitOfWork.run({ tenantId: tenant.id, actor }, work);
  }
}

/** Opens the database as its owner for one piece of administration of client credentials. */
export async function withClientCredentialAdmin<T>(
  options: KeyringOptions & { ownerUrl: string; hashKey: string; applicationName: string },
  work: (admin: ClientCredentialAdmin) => Promise<T>,
): Promise<T> {
  const { ownerUrl: url, hashKey, applicationName } = options;
  const entities = [Tenant, ClientCredential, AuditEntry];
  const dataSource = await createDataSource({ url, applicationName, entities, poolSize: 1 }).initialize();
  try {
    await assertRoleIsBound(dataSource);
    await assertSchemaKnown(dataSource);
    const unitOfWork = new UnitOfWork(dataSource);
    const keyring = await createKeyring({ dataSource, unitOfWork }, options);
    const credentials = new ClientCredentials(new ClientCredentialStore(dataSource), unitOfWork, new AuditLog(), { hashKey, keyring });
    return await work(new ClientCredentialAdmin(unitOfWork, new TenantStore(dataSource), credentials));
  } finally {
    await dataSource.destroy();
  }
}
