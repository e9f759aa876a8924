import { z } from 'zod';

/** What an API key may do. */
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
]);
export type Scope = z.infer<typeof Scope>;
