import type { SubjectRequestSummary } from '@app/contracts';
import { useEffect } from 'react';
import { useApi } from '../api/api-context';
import { isWorkedOn } from './subject-steps';

const DELAY_MS = 2_000;
/** Then the person asks by hand: a session must be able to end by resting. */
const MOST_MS = 5 * 60_000;

/** Asks for a request again while a worker is at it. */
export function useFollowed({ id, state }: SubjectRequestSummary, onChanged: (request: SubjectRequestSummary) => void): void {
  const api = useApi();
  useEffect(() => {
    if (!isWorkedOn({ state })) return;
    const until = Date.now() + MOST_MS;
    const timer = window.setInterval(() => {
      if (Date.now() > until) window.clearInterval(timer);
      else
        void api.readSubject(id).then((answer) => {
          if (answer.ok && answer.value.state !== state) onChanged(answer.value);
        });
    }, DELAY_MS);
    return () => window.clearInterval(timer);
  }, [api, id, state, onChanged]);
}
