import type { SignInSourceList } from '@app/contracts';
import { useEffect, useState } from 'react';
import { createClient } from '../api/client';
import { SessionProof } from '../api/session-proof';

type Source = SignInSourceList['items'][number];

/** Where else than here people can sign in; nothing where the api cannot be asked, since signing in here is always possible. */
export function useSignInSources(): { directories: readonly Source[]; providers: readonly Source[] } {
  const [sources, setSources] = useState<readonly Source[]>([]);
  useEffect(() => {
    const watch = { isOver: false };
    void createClient(new SessionProof(), () => undefined)
      .listSignInSources()
      .then((answer) => {
        if (!watch.isOver && answer.ok) setSources(answer.value.items);
      });
    return () => {
      watch.isOver = true;
    };
  }, []);
  return {
    directories: sources.filter(({ kind }) => kind === 'ldap'),
    providers: sources.filter(({ kind }) => kind === 'oidc'),
  };
}
