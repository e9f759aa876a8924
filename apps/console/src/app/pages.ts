import type { Scope } from '@app/contracts';
import type { MessageKey } from '../i18n/messages';
import type { Access } from '../sign-in/access';
import type { Route } from './route';

/** A place in the navigation. */
export interface PageLink {
  readonly start: Route;
  readonly label: Extract<MessageKey, `nav.${string}`>;
  readonly needs: Scope;
}

/** The pages in the order of the navigation. */
const PAGES: readonly PageLink[] = [
  { start: { page: 'receipts', receiptId: null, billNumber: 1, verificationId: null }, label: 'nav.receipts', needs: 'receipt.read' },
  { start: { page: 'manual', verificationId: null }, label: 'nav.manual', needs: 'verification.write' },
  { start: { page: 'ledger', billId: null }, label: 'nav.ledger', needs: 'ledger.read' },
  { start: { page: 'batches', batchId: null }, label: 'nav.batches', needs: 'batch.read' },
  { start: { page: 'subjects' }, label: 'nav.subjects', needs: 'subject.manage' },
  { start: { page: 'costs' }, label: 'nav.costs', needs: 'charge.read' },
  { start: { page: 'people' }, label: 'nav.people', needs: 'user.read' },
  { start: { page: 'keys' }, label: 'nav.keys', needs: 'apiKey.manage' },
  { start: { page: 'audit' }, label: 'nav.audit', needs: 'audit.read' },
  { start: { page: 'rules' }, label: 'nav.rules', needs: 'policy.read' },
  { start: { page: 'retention' }, label: 'nav.retention', needs: 'retention.read' },
  { start: { page: 'approvals' }, label: 'nav.approvals', needs: 'approval.read' },
];

/** The pages that are offered. */
export function pagesOf({ may }: Pick<Access, 'may'>): readonly PageLink[] {
  return PAGES.filter(({ needs }) => may(needs));
}

/** The route, or where it is not offered the first that is; null where none is. */
export function offeredRoute(route: Route, access: Pick<Access, 'may'>): Route | null {
  if (route.page === 'account') return route;
  const offered = pagesOf(access);
  return offered.some(({ start }) => start.page === route.page) ? route : (offered[0]?.start ?? null);
}
