import { createHash } from 'node:crypto';
import { ELEMENT_NAMES, ProviderId, type EgressCall } from '@app/contracts';
import { z } from 'zod';
import { Owner } from './process-owner';

/** What stands on disk before the first byte is sent. No element and no credential: only a digest that the same call reproduces. */
export const BegunEntry = z.strictObject({
  attemptId: z.uuid(),
  provider: ProviderId,
  digest: z.string(),
  owner: Owner,
  begunAt: z.iso.datetime(),
  /** By then the owner has settled the attempt, or will never. */
  settledBy: z.iso.datetime(),
});
export type BegunEntry = z.infer<typeof BegunEntry>;

/** Digest of a call. The attempt id is hashed with it, so that two attempts for one bill cannot be linked by their digests. */
export function digestOf(call: EgressCall): string {
  const parts = [call.attemptId, call.provider, ...ELEMENT_NAMES.map((name) => call.elements[name])];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
