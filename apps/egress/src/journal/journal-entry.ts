import { SUITE_NAMES } from '@app/crypto';
import { EgressReply, ProviderId } from '@app/contracts';
import { z } from 'zod';
import { Owner } from './process-owner';

/** What stands on disk before the first byte is sent. No element, no credential and no key: only a digest that the same call reproduces. */
export const BegunEntry = z.strictObject({
  attemptId: z.uuid(),
  provider: ProviderId,
  /** Algorithms of the digest. */
  suite: z.enum(SUITE_NAMES),
  digest: z.string().regex(/^[0-9a-f]{64}$/),
  owner: Owner,
  begunAt: z.iso.datetime(),
  /** By then the owner has settled the attempt, or will never. */
  settledBy: z.iso.datetime(),
});
export type BegunEntry = z.infer<typeof BegunEntry>;

const [, NOT_SENT, UNKNOWN] = EgressReply.options;

/** How an attempt ended. The provider's words lie sealed under the caller's key; that there are none is written in clear. */
export const EndedEntry = z.discriminatedUnion('state', [
  z.strictObject({
    state: z.literal('answered'),
    attemptId: z.uuid(),
    /** Algorithms that sealed the reply, for whoever looks at the file; the sealed bytes begin with their number as well. */
    suite: z.enum(SUITE_NAMES),
    answeredAt: z.iso.datetime(),
    /** The whole reply as JSON, sealed, in base64. */
    sealed: z.base64(),
  }),
  NOT_SENT,
  UNKNOWN,
]);
export type EndedEntry = z.infer<typeof EndedEntry>;
