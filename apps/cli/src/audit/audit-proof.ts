import { type AuditProof, withAuditProof } from '@app/audit';
import { requireOwnerUrl } from '../operations/owner-url';

/** Runs a piece of work on what proves the audit, as the owner role. */
export async function asAuditor<T>(work: (proof: AuditProof) => Promise<T>): Promise<T> {
  return withAuditProof({ ownerUrl: requireOwnerUrl(), applicationName: 'piaoyan-cli' }, work);
}
