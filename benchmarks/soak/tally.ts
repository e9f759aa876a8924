import type { ReceiptSummary } from '@app/contracts';
import type { TimedApi } from './timed-api';

const PAGE = 200;

/** What became of the receipts that a client was told are accepted. */
export interface Tally {
  accepted: number;
  read: number;
  failed: number;
  /** Still not read when the product had been given the time to, or not there at all. */
  lost: string[];
  /** Stored although no client was told so: an answer that did not arrive. */
  unasked: number;
}

/** Every receipt the product has, from its own list. */
export async function allReceipts(api: TimedApi): Promise<ReceiptSummary[]> {
  const found: ReceiptSummary[] = [];
  let query = `limit=${PAGE}`;
  for (;;) {
    const page = await api.page(query);
    if (!page) throw new Error('the product did not list its receipts: they cannot be counted');
    found.push(...page.items);
    if (page.next === null) return found;
    query = `limit=${PAGE}&before=${page.next}`;
  }
}

/** Each accepted receipt must be there, and have come to an end. */
export function tallyOf(accepted: readonly string[], stored: readonly Pick<ReceiptSummary, 'id' | 'state'>[]): Tally {
  const states = new Map(stored.map(({ id, state }) => [id, state]));
  const inState = (wanted: string) => accepted.filter((id) => states.get(id) === wanted).length;
  return {
    accepted: accepted.length,
    read: inState('read'),
    failed: inState('failed'),
    lost: accepted.filter((id) => (states.get(id) ?? 'queued') === 'queued'),
    unasked: stored.length - accepted.filter((id) => states.has(id)).length,
  };
}
