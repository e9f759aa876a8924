import type { BillFilter } from '@app/contracts';

/** How a search of the ledger is sent. */
export function foundBy(filter: BillFilter): RequestInit {
  return { method: 'POST', body: JSON.stringify(filter), headers: { 'content-type': 'application/json' } };
}
