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
  | 'personal.unmask'
  | 'policy.read'
  | 'policy.manage'
  | 'retention.read'
  | 'retention.manage'
  | 'audit.read'
  | 'audit.export'
  | 'evidence.export';

/** Who uses the console, and what they are offered. */
export interface Access {
  readonly person: SessionView;
  readonly may: (scope: ConsoleScope) => boolean;
  /** Takes the newest answer about the person's session. */
  readonly onSession: (view: SessionView) => void;
}

/** What a person is offered. */
export function offeredTo({ scopes }: Pick<SessionView, 'scopes'>): Access['may'] {
  const offered: ReadonlySet<string> = new Set(scopes);
  return (scope) => offered.has(scope);
}

export const AccessContext = createContext<Access | null>(null);

/** Who is signed in; only pages behind the sign-in ask. */
export function useAccess(): Access {
  const access = useContext(AccessContext);
  if (!access) throw new Error('useAccess is called outside of a signed-in page');
  return access;
}
