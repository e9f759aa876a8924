import { useLayoutEffect, useMemo, useState } from 'react';
import { ApiContext } from '../api/api-context';
import { NameBook } from '../names/name-book';
import { NamesContext } from '../names/use-called';
import { AccessContext, offeredTo, type Access } from '../sign-in/access';
import { LastSignIn } from '../sign-in/last-sign-in';
import type { OpenedPages, Session } from '../sign-in/session';
import { SessionEndNotice } from '../sign-in/session-end-notice';
import { PendingContext, PendingVerifications } from '../verification/pending-verifications';
import styles from './console.module.css';
import { Shell } from './shell';

/** How long pages wait for their person, who is told so. Somebody else may sit at the desk meanwhile, so that it is not long. */
const KEPT_MS = 15 * 60_000;

interface Props {
  pages: OpenedPages;
  /** The session is over: nothing is to be seen of the pages until their person is back. */
  isCovered: boolean;
  session: Session;
}

/** The pages of the person who is signed in. Covered, they keep what was typed. */
export function PersonPages({ pages: { client, view }, isCovered, session: { onSession, expire, forget, signOut } }: Props) {
  const access = useMemo<Access>(() => ({ person: view, may: offeredTo(view), onSession }), [view, onSession]);
  const [pending] = useState(() => new PendingVerifications(sessionStorage));
  const names = useMemo(() => new NameBook((ids) => client.nameColleagues(ids)), [client]);
  useCover(isCovered, forget);
  return (
    <ApiContext value={client}>
      <AccessContext value={access}>
        <NamesContext value={names}>
          <PendingContext value={pending}>
            <div className={styles.pages} hidden={isCovered}>
              {!isCovered && <SessionEndNotice onOver={expire} />}
              {!isCovered && <LastSignIn session={view} />}
              <Shell onSignOut={() => void signOut()} />
            </div>
          </PendingContext>
        </NamesContext>
      </AccessContext>
    </ApiContext>
  );
}

/** Covers dialogs and messages too, which stand beside the pages in the document; gives the focus back afterwards. */
function useCover(isCovered: boolean, onGivenUp: () => void): void {
  // Before the sign-in takes the focus, and before what is hidden loses it.
  useLayoutEffect(() => {
    if (!isCovered) return;
    const focused = document.activeElement;
    document.body.dataset.covered = 'true';
    const timer = window.setTimeout(onGivenUp, KEPT_MS);
    return () => {
      window.clearTimeout(timer);
      delete document.body.dataset.covered;
      // What is not shown yet takes no focus.
      if (focused instanceof HTMLElement) window.setTimeout(() => focused.focus());
    };
  }, [isCovered, onGivenUp]);
}
