import { type AuditRecord, installationContext } from '@app/audit';
import { operator } from '../operations/tenant-admin';
import { asAuditor } from './audit-proof';

/** Puts an act on record that is no tenant's, in the installation's own chain of the audit. */
export async function recordForInstallation(record: AuditRecord): Promise<void> {
  await asAuditor(({ unitOfWork, audit }) => unitOfWork.run(installationContext(operator()), (tx) => audit.append(tx, record)));
}
