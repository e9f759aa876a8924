/** What a key may be given through the API: the scopes of the business roles, as docs/security/roles.md has them. The API has the last word. */
export const KEY_SCOPES = [
  'receipt.write',
  'receipt.read',
  'receipt.image',
  'receipt.review',
  'verification.write',
  'verification.read',
  'ledger.read',
  'ledger.book',
  'ledger.export',
  'webhook.manage',
  'webhook.read',
  'charge.read',
  'charge.settle',
  'batch.write',
  'batch.read',
  'personal.unmask',
  'policy.read',
  'approval.read',
  'subject.manage',
] as const;

/** What a new key for a calling system needs in most cases. */
export const USUAL_SCOPES: readonly string[] = ['receipt.write', 'receipt.read', 'verification.write', 'verification.read'];
