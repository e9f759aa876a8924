import { useCallback, useMemo, useState } from 'react';
import { createClient, type ApiClient } from '../api/client';

const SLOT = 'piaoyan.key';

/** The signed-in session of this tab. */
export interface Session {
  readonly client: ApiClient | null;
  /** The API stopped accepting the key while it was in use. */
  readonly hasEnded: boolean;
  readonly signIn: (key: string) => void;
  readonly signOut: () => void;
}

/** Keeps the key for this tab only: `sessionStorage` is gone when the tab is closed and is not shared with others. */
export function useSession(): Session {
  const [key, setKey] = useState(() => sessionStorage.getItem(SLOT));
  const [hasEnded, setHasEnded] = useState(false);

  const forget = useCallback((ended: boolean) => {
    sessionStorage.clear();
    setKey(null);
    setHasEnded(ended);
  }, []);
  const signIn = useCallback((accepted: string) => {
    sessionStorage.setItem(SLOT, accepted);
    setKey(accepted);
    setHasEnded(false);
  }, []);
  const client = useMemo(() => (key === null ? null : createClient(key, () => forget(true))), [key, forget]);

  return { client, hasEnded, signIn, signOut: () => forget(false) };
}
