import { useCallback, useEffect, useState } from 'react';
import type { Answer, Failure } from './failure';

/** After an answer that did not come, the server is asked again at this pace until it is back. */
const UNREACHABLE_DELAY_MS = 5_000;

/** The newest value, and the failure of the last request if it failed. A value stays when a later request fails. */
export interface Polled<T> {
  readonly value: T | null;
  readonly failure: Failure | null;
  readonly reload: () => void;
}

/**
 * Loads a value, and again after `nextDelayMs` of it, until that is null. Both functions must be stable; nothing is asked while not
 * `enabled`.
 */
export function usePolled<T>(load: () => Promise<Answer<T>>, nextDelayMs: (value: T) => number | null, enabled = true): Polled<T> {
  const [value, setValue] = useState<T | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [round, setRound] = useState(0);

  useEffect(() => {
    if (!enabled) return;
    let timer: number | undefined;
    const watch = { isOver: false };
    const ask = async (): Promise<void> => {
      const answer = await load();
      if (watch.isOver) return;
      if (answer.ok) setValue(answer.value);
      setFailure(answer.ok ? null : answer.failure);
      const delayMs = answer.ok ? nextDelayMs(answer.value) : answer.failure.kind === 'unreachable' ? UNREACHABLE_DELAY_MS : null;
      if (delayMs !== null) timer = window.setTimeout(() => void ask(), delayMs);
    };
    void ask();
    return () => {
      watch.isOver = true;
      window.clearTimeout(timer);
    };
  }, [load, nextDelayMs, enabled, round]);

  const reload = useCallback(() => setRound((before) => before + 1), []);
  return { value, failure, reload };
}
