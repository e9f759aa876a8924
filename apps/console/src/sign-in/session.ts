import type { SessionView } from '@app/contracts';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { createClient, type ApiClient } from '../api/client';
import { keyProof } from '../api/proof';
import { SessionProof } from '../api/session-proof';

/** Says that a person signed in in this browser; the session itself is in a cookie that no script can see. It holds nothing else. */
const MARK = 'piaoyan.person';

/** Before the browser leaves for a provider: it comes back with a session, which is to be asked for then. */
export function expectSession(): void {
  localStorage.setItem(MARK, 'yes');
}

/** Why nobody is signed in any more, where it was not their wish in this tab. */
export type EndReason = 'session' | 'key' | 'elsewhere';

/** Who uses the console at the moment. `asking`: whether the session of before is still valid is not known yet. */
export type SignedIn =
  | { by: 'asking' }
  | { by: 'nobody'; reason: EndReason | null }
  | { by: 'key'; client: ApiClient }
  | { by: 'person'; client: ApiClient; proof: SessionProof; view: SessionView };

/** The session of this tab. */
export interface Session {
  readonly now: SignedIn;
  readonly signInWithKey: (key: string) => void;
  /** Takes the newest answer about a person's session, the first one included. */
  readonly onSession: (view: SessionView) => void;
  readonly signOut: () => Promise<void>;
}

/**
 * A person's session outlives a reload by its cookie. A key is kept in memory only: it is gone with a reload, and is in no storage that
 * another page of this origin could read.
 */
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
        if (answer.ok) onSession(answer.value);
        else setNow(ended('session'));
      });
    return () => {
      watch.isOver = true;
    };
  }, [isAsking, onSession]);

  // Signing out in one tab ends what all others show.
  const isPerson = now.by === 'person';
  useEffect(() => {
    if (!isPerson) return;
    const look = ({ key, newValue }: StorageEvent): void => {
      if (key === MARK && newValue === null) setNow(nobody('elsewhere'));
    };
    window.addEventListener('storage', look);
    return () => window.removeEventListener('storage', look);
  }, [isPerson]);

  const signInWithKey = useCallback((key: string) => {
    const client: ApiClient = createClient(keyProof(key), () => setNow((before) => endedOf(before, client, 'key')));
    setNow({ by: 'key', client });
  }, []);

  const signOut = useCallback(async () => {
    if (now.by === 'person') await now.client.closeSession();
    setNow(ended(null));
  }, [now]);

  return useMemo(() => ({ now, signInWithKey, onSession, signOut }), [now, signInWithKey, onSession, signOut]);
}

type SetNow = (change: (before: SignedIn) => SignedIn) => void;

function nobody(reason: EndReason | null): SignedIn {
  return { by: 'nobody', reason };
}

/** Nothing of whoever was signed in stays in the browser. */
function ended(reason: EndReason | null): SignedIn {
  sessionStorage.clear();
  localStorage.removeItem(MARK);
  return nobody(reason);
}

/** An answer that comes late must not end the session of whoever signed in since. */
function endedOf(before: SignedIn, client: ApiClient, reason: EndReason): SignedIn {
  return 'client' in before && before.client === client ? ended(reason) : before;
}

function withView(before: SignedIn, view: SessionView, setNow: SetNow): SignedIn {
  if (before.by === 'person' && before.view.id === view.id) {
    before.proof.take(view);
    return { ...before, view };
  }
  const proof = new SessionProof();
  proof.take(view);
  const client: ApiClient = createClient(proof, () => setNow((latest) => endedOf(latest, client, 'session')));
  return { by: 'person', client, proof, view };
}
