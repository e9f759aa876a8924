import type { SessionView } from '@app/contracts';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { createClient, type ApiClient } from '../api/client';
import { SessionProof } from '../api/session-proof';
import { noteUse } from './last-use';
import { hasStepsLeft } from './steps-left';

/** Says that a person signed in in this browser; the session itself is in a cookie that no script can see. It holds nothing else. */
const MARK = 'piaoyan.person';
/** What the mark says for a moment when a person signs out, so that other tabs hear of it. */
const LEFT = 'left';

/** Before the browser leaves for a provider: it comes back with a session, which is to be asked for then. */
export function expectSession(): void {
  localStorage.setItem(MARK, 'yes');
}

/** Why nobody is signed in any more, where it was not their wish in this tab. */
export type EndReason = 'session' | 'elsewhere';

/** The pages as a person uses them. */
export interface OpenedPages {
  readonly client: ApiClient;
  readonly view: SessionView;
}

/**
 * Who uses the console at the moment. `asking`: whether the session of before is still valid is not known yet. `kept` are the pages of a
 * session that ended by itself: covered, with all that was typed, until the same person has signed in again or somebody else does.
 */
export type SignedIn =
  | { by: 'asking' }
  | { by: 'nobody'; reason: EndReason | null; kept: OpenedPages | null }
  | { by: 'person'; client: ApiClient; proof: SessionProof; view: SessionView; kept: OpenedPages | null };

/** The session of this tab. */
export interface Session {
  readonly now: SignedIn;
  /** Takes the newest answer about a person's session, the first one included. */
  readonly onSession: (view: SessionView) => void;
  /** The session's time is over, though nobody asked the API since. */
  readonly expire: () => void;
  /** Nothing is kept any longer of pages that wait for their person. */
  readonly forget: () => void;
  readonly signOut: () => Promise<void>;
}

/** A person's session outlives a reload by its cookie; nothing of it is in a storage. */
export function useSession(): Session {
  const [now, setNow] = useState<SignedIn>(() => (localStorage.getItem(MARK) === null ? nobody(null) : { by: 'asking' }));

  const onSession = useCallback((view: SessionView) => {
    localStorage.setItem(MARK, 'yes');
    setNow((before) => withView(before, view, setNow));
  }, []);

  const isAsking = now.by === 'asking';
  useEffect(() => {
    if (!isAsking) return;
    const watch = { isOver: false };
    void createClient(new SessionProof(), () => undefined)
      .readSession()
      .then((answer) => {
        if (watch.isOver) return;
        if (answer.ok) {
          onSession(answer.value);
          return;
        }
        forgetPerson();
        setNow(nobody('session'));
      });
    return () => {
      watch.isOver = true;
    };
  }, [isAsking, onSession]);

  // Signing out in one tab ends what all others show.
  const isAsked = now.by === 'nobody' && now.kept === null;
  useEffect(() => {
    if (isAsked) return;
    const look = ({ key, newValue }: StorageEvent): void => {
      if (key === MARK && newValue === LEFT) setNow(nobody('elsewhere'));
    };
    window.addEventListener('storage', look);
    return () => window.removeEventListener('storage', look);
  }, [isAsked]);

  const expire = useCallback(() => setNow((before) => (before.by === 'person' ? endedOf(before, before.client) : before)), []);
  const forget = useCallback(() => setNow((before) => (before.by === 'nobody' ? { ...before, kept: null } : before)), []);
  const signOut = useCallback(async () => {
    if (now.by === 'person') await now.client.closeSession();
    localStorage.setItem(MARK, LEFT);
    forgetPerson();
    setNow(nobody(null));
  }, [now]);

  return useMemo(() => ({ now, onSession, expire, forget, signOut }), [now, onSession, expire, forget, signOut]);
}

type SetNow = (change: (before: SignedIn) => SignedIn) => void;

function nobody(reason: EndReason | null, kept: OpenedPages | null = null): SignedIn {
  return { by: 'nobody', reason, kept };
}

/** Nothing of whoever was signed in stays in the browser. */
function forgetPerson(): void {
  sessionStorage.clear();
  localStorage.removeItem(MARK);
}

/** The pages that are open, or those that wait for their person. */
export function pagesOf(now: SignedIn): OpenedPages | null {
  if (now.by === 'asking') return null;
  return now.by === 'person' && !hasStepsLeft(now.view) ? { client: now.client, view: now.view } : now.kept;
}

/** An answer that comes late must not end the session of whoever signed in since. */
function endedOf(before: SignedIn, client: ApiClient): SignedIn {
  return before.by === 'person' && before.client === client ? nobody('session', pagesOf(before)) : before;
}

function withView(before: SignedIn, view: SessionView, setNow: SetNow): SignedIn {
  if (before.by === 'person' && before.view.id === view.id) {
    before.proof.take(view);
    return { ...before, view, kept: hasStepsLeft(view) ? before.kept : null };
  }
  const proof = new SessionProof(noteUse);
  proof.take(view);
  noteUse();
  const client: ApiClient = createClient(proof, () => setNow((latest) => endedOf(latest, client)));
  return { by: 'person', client, proof, view, kept: hasStepsLeft(view) ? keptFor(view, pagesOf(before)) : null };
}

/** Pages wait for their own person only. */
function keptFor(view: SessionView, pages: OpenedPages | null): OpenedPages | null {
  return pages?.view.user.id === view.user.id ? pages : null;
}
