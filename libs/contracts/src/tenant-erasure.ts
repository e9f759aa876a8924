import { z } from 'zod';
import { ActReason } from './approval';

/** What a second person approves before a whole tenant is erased: what it held when that was proposed, and nothing else. */
export const TenantErasureProposal = z.strictObject({
  /** The tenant's name. */
  tenant: z.string(),
  /** How many records of each kind. */
  records: z.record(z.string(), z.int().min(0)),
  /** SHA-256 over counts and newest ids, in hex. */
  foundHash: z.string().regex(/^[0-9a-f]{64}$/),
});
export type TenantErasureProposal = z.infer<typeof TenantErasureProposal>;

/** Asks for the erasure of the caller's tenant. */
export const TenantErasureRequest = z.strictObject({
  /** The tenant's name once more, typed by hand. */
  name: z.string().min(1).max(200),
  reason: ActReason,
});
export type TenantErasureRequest = z.infer<typeof TenantErasureRequest>;
