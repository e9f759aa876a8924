import type { BillPage, BillView } from '@app/contracts';

/** Pages of one search, joined; `next` is the cursor of the page after them. */
export interface BillRows extends BillPage {
  readonly query: string;
}

/** The rows with the page that follows `asked`; a page of rows that are not shown any more changes nothing. */
export function withMore(shown: BillRows | null, asked: BillRows, page: BillPage): BillRows | null {
  if (shown?.query !== asked.query || shown.next !== asked.next) return shown;
  const known = new Set(shown.items.map(({ id }) => id));
  return { query: shown.query, items: [...shown.items, ...page.items.filter(({ id }) => !known.has(id))], next: page.next };
}

/** The rows with one bill as it is now. */
export function withChanged(shown: BillRows | null, bill: BillView): BillRows | null {
  return shown && { ...shown, items: shown.items.map((row) => (row.id === bill.id ? bill : row)) };
}
