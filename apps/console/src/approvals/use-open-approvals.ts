import { useCallback, useEffect, useState } from 'react';
import { useApi } from '../api/api-context';
import type { Route } from '../app/route';
import { useAccess } from '../sign-in/access';
import { waitingFor } from './deciding';

/** As many as are counted; more are shown as so many. */
const COUNTED = 100;

/** How many proposals wait for this person. */
export interface OpenApprovals {
  readonly count: number;
  readonly reload: () => void;
}

/** Asked again whenever the person goes to another page, and never by a clock: a session must be able to end by resting. */
export function useOpenApprovals(page: Route['page'] | null): OpenApprovals {
  const api = useApi();
  const { may, person } = useAccess();
  const [count, setCount] = useState(0);
  const [round, setRound] = useState(0);
  const isAsking = may('approval.decide');

  useEffect(() => {
    if (!isAsking) return;
    const watch = { isOver: false };
    void api.listApprovals({ limit: COUNTED, state: 'open' }).then((answer) => {
      if (!watch.isOver && answer.ok) setCount(waitingFor(answer.value.items, person));
    });
    return () => {
      watch.isOver = true;
    };
  }, [api, isAsking, person, page, round]);

  return { count: isAsking ? count : 0, reload: useCallback(() => setRound((before) => before + 1), []) };
}
