import type { SessionView } from '@app/contracts';
import { createContext, useContext } from 'react';

/** What of the API's scopes the console asks about, to offer only what a person may do. */
export type ConsoleScope =
  | 'receipt.write'
  | 'receipt.read'
  | 'receipt.review'
  | 'verification.write'
  | 'verification.read'
  | 'ledger.read'
  | 'ledger.book'
  | 'ledger.export'
  | 'charge.read'
  | 'charge.settle'
  | 'batch.read'
  | 'batch.write'
  | 'approval.read'
  | 'approval.decide'
  | 'user.read'
  | 'user.manage'
  | 'role.assign'
  | 'apiKey.manage'
  | 'audit.read'
  | 'audit.export'
  | 'evidence.export';

/** A key does not tell its scopes; it is offered the work with bills, and the API has the last word. Deciding and reviewing are for persons. */
const OFFERED_TO_KEYS: ReadonlySet<ConsoleScope> = new Set([
  ...(['receipt.write', 'receipt.read', 'verification.write', 'verification.read'] as const),
  ...(['ledger.read', 'ledger.book', 'ledger.export', 'charge.read', 'charge.settle', 'batch.read', 'batch.write'] as const),
]);

/** Who uses the console, and what they are offered. */
export interface Access {
  /** Null for a key. */
  readonly person: SessionView | null;
  readonly may: (scope: ConsoleScope) => boolean;
  /** Takes the newest answer about the person's session. */
  readonly onSession: (view: SessionView) => void;
}

/** What a person or, without one, a key is offered. */
export function offeredTo(person: Pick<SessionView, 'scopes'> | null): Access['may'] {
  const offered: ReadonlySet<string> = person ? new Set(person.scopes) : OFFERED_TO_KEYS;
  return (scope) => offered.has(scope);
}

export const AccessContext = createContext<Access>({ person: null, may: () => false, onSession: () => undefined });

export const useAccess = (): Access => useContext(AccessContext);
