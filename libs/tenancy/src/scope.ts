import { z } from 'zod';

/** What an API key may do. */
export const Scope = z.enum([
  'receipt.write',
  'receipt.read',
  'receipt.image',
  'receipt.review',
  'verification.write',
  'verification.read',
  'webhook.manage',
  'webhook.read',
  'charge.settle',
]);
export type Scope = z.infer<typeof Scope>;
