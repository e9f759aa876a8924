/** Where in the console a person is. It stands in the address, so that reloading and going back work. */
export type Route =
  // `billNumber` counts the bills of one file from 1.
  | { page: 'receipts'; receiptId: string | null; billNumber: number; verificationId: string | null }
  | { page: 'manual'; verificationId: string | null }
  | { page: 'batches'; batchId: string | null }
  | { page: 'costs' }
  | { page: 'approvals' }
  | { page: 'people' }
  | { page: 'keys' }
  | { page: 'audit' }
  | { page: 'rules' }
  | { page: 'retention' }
  | { page: 'subjects' }
  | { page: 'account' }
  | { page: 'ledger'; billId: string | null };

/** Pages that are one place. */
const PLAIN = ['costs', 'approvals', 'people', 'keys', 'audit', 'rules', 'retention', 'subjects', 'account'] as const;
type PlainRoute = Extract<Route, { page: (typeof PLAIN)[number] }>;

const ID = '[0-9a-f-]{36}';
const RECEIPTS = new RegExp(`^#/receipts(?:/(${ID})(?:/bills/(\\d{1,3}))?(?:/verifications/(${ID}))?)?$`);
const MANUAL = new RegExp(`^#/manual(?:/verifications/(${ID}))?$`);
const BATCHES = new RegExp(`^#/batches(?:/(${ID}))?$`);
const LEDGER = new RegExp(`^#/ledger(?:/(${ID}))?$`);

/** The route of an address; an unknown one leads to the receipts. */
export function parseRoute(hash: string): Route {
  const manual = MANUAL.exec(hash);
  if (manual) return { page: 'manual', verificationId: manual[1] ?? null };
  const batches = BATCHES.exec(hash);
  if (batches) return { page: 'batches', batchId: batches[1] ?? null };
  const plain = PLAIN.find((page) => hash === `#/${page}`);
  if (plain) return { page: plain };
  const ledger = LEDGER.exec(hash);
  if (ledger) return { page: 'ledger', billId: ledger[1] ?? null };
  const [, receiptId = null, billNumber = '1', verificationId = null] = RECEIPTS.exec(hash) ?? [];
  return { page: 'receipts', receiptId, billNumber: Number(billNumber), verificationId };
}

/** The address of a route. */
export function hashOf(route: Route): string {
  if (route.page === 'batches') return route.batchId === null ? '#/batches' : `#/batches/${route.batchId}`;
  if (route.page === 'ledger') return route.billId === null ? '#/ledger' : `#/ledger/${route.billId}`;
  if (isPlain(route)) return `#/${route.page}`;
  const verification = route.verificationId === null ? '' : `/verifications/${route.verificationId}`;
  if (route.page === 'manual') return `#/manual${verification}`;
  if (route.receiptId === null) return '#/receipts';
  return `#/receipts/${route.receiptId}${route.billNumber > 1 ? `/bills/${route.billNumber}` : ''}${verification}`;
}

function isPlain(route: Route): route is PlainRoute {
  return PLAIN.some((page) => page === route.page);
}
