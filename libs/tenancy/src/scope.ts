import { z } from 'zod';

/** What a caller may do: an API key by the scopes it was made with, a person by the roles that were assigned. */
export const Scope = z.enum([
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
  'charge.settle',
  'batch.write',
  'batch.read',
  /** See personal fields unmasked; each time with a purpose, on record. */
  'personal.unmask',
  'user.read',
  'user.manage',
  'role.assign',
  'apiKey.manage',
  'policy.read',
  'policy.manage',
  'approval.read',
  'approval.decide',
  'audit.read',
  'audit.export',
  'evidence.export',
  'retention.read',
  'retention.manage',
  'tenant.export',
  'tenant.erase',
  'subject.manage',
]);
export type Scope = z.infer<typeof Scope>;
