import type { VerificationRequest } from '@app/contracts';
import { v4 } from 'uuid';
import { z } from 'zod';

const Intent = z.strictObject({ request: z.string(), key: z.string() });

/** Where the intent is kept; `sessionStorage` in the browser, so that it outlives a reload. */
export type IntentStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const SLOT = 'piaoyan.intent';

/**
 * The idempotency key of a request that a person wants carried out once. The same request asked again before its answer came gets
 * the same key, also after a reload, so that pressing the button twice never pays twice.
 */
export function keyFor(request: VerificationRequest, storage: IntentStorage): string {
  const wanted = JSON.stringify(request);
  const pending = Intent.safeParse(JSON.parse(storage.getItem(SLOT) ?? 'null'));
  if (pending.success && pending.data.request === wanted) return pending.data.key;
  // Not crypto.randomUUID: browsers offer it on https only, and some banks run their intranet without; uuid has another way.
  const key = v4();
  storage.setItem(SLOT, JSON.stringify({ request: wanted, key }));
  return key;
}

/** The answer came, or the request was surely refused: asking again is a new request. */
export function settleIntent(storage: IntentStorage): void {
  storage.removeItem(SLOT);
}
