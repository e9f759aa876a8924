/** Where in the console a person is. It stands in the address, so that reloading and going back work. */
export type Route =
  { page: 'receipts'; receiptId: string | null; verificationId: string | null } | { page: 'manual'; verificationId: string | null };

const ID = '[0-9a-f-]{36}';
const RECEIPTS = new RegExp(`^#/receipts(?:/(${ID})(?:/verifications/(${ID}))?)?$`);
const MANUAL = new RegExp(`^#/manual(?:/verifications/(${ID}))?$`);

/** The route of an address; an unknown one leads to the receipts. */
export function parseRoute(hash: string): Route {
  const manual = MANUAL.exec(hash);
  if (manual) return { page: 'manual', verificationId: manual[1] ?? null };
  const [, receiptId, verificationId] = RECEIPTS.exec(hash) ?? [];
  return { page: 'receipts', receiptId: receiptId ?? null, verificationId: verificationId ?? null };
}

/** The address of a route. */
export function hashOf(route: Route): string {
  const verification = route.verificationId === null ? '' : `/verifications/${route.verificationId}`;
  if (route.page === 'manual') return `#/manual${verification}`;
  return route.receiptId === null ? '#/receipts' : `#/receipts/${route.receiptId}${verification}`;
}
