import type { Scope, SessionView } from '@app/contracts';
import { createContext, useContext } from 'react';

/** Who uses the console, and what they are offered. */
export interface Access {
  readonly person: SessionView;
  readonly may: (scope: Scope) => boolean;
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
