import type { ActKind } from '@app/contracts';
import type { Scope } from '@app/tenancy';

/** The right by which an act is proposed, and the one that who decides must have beside `approval.decide`. */
export interface ActScopes {
  propose: Scope;
  decide: Scope;
}

/**
 * Acts of the business are decided by another one who may propose them; the security administrator, who alone decides with `policy.manage`,
 * is second for what administrators and data subjects ask for.
 */
export const ACT_SCOPES: Readonly<Record<ActKind, ActScopes>> = {
  'verificationPolicy.set': { propose: 'policy.manage', decide: 'policy.manage' },
  'charge.settle': { propose: 'charge.settle', decide: 'charge.settle' },
  'bill.unbook': { propose: 'ledger.book', decide: 'ledger.book' },
  'tenant.erase': { propose: 'tenant.erase', decide: 'policy.manage' },
  'subject.erase': { propose: 'subject.manage', decide: 'policy.manage' },
  'retention.set': { propose: 'retention.manage', decide: 'policy.manage' },
  'provider.open': { propose: 'policy.manage', decide: 'policy.manage' },
  'consentPolicy.set': { propose: 'policy.manage', decide: 'policy.manage' },
  'signInPolicy.set': { propose: 'role.assign', decide: 'role.assign' },
  'key.export': { propose: 'key.export', decide: 'key.export' },
};

/** The scopes that a person needs to decide an act of this kind. */
export function scopesToDecide(kind: ActKind): readonly Scope[] {
  return ['approval.decide', ACT_SCOPES[kind].decide];
}
