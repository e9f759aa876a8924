import { useState } from 'react';
import type { Answer, Failure } from '../api/failure';

/** One question to the API at a time, and why the last one was refused. */
export interface Step {
  readonly isSending: boolean;
  readonly failure: Failure | null;
  /** Forgets the refusal: it was of other words than the form holds now. */
  readonly forget: () => void;
  /** The value, or null where there is none and `failure` says why. */
  readonly send: <T>(ask: () => Promise<Answer<T>>) => Promise<{ value: T } | null>;
}

export function useStep(): Step {
  const [isSending, setIsSending] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const send: Step['send'] = async (ask) => {
    setIsSending(true);
    setFailure(null);
    const answer = await ask();
    setIsSending(false);
    if (answer.ok) return { value: answer.value };
    setFailure(answer.failure);
    return null;
  };
  return { isSending, failure, forget: () => setFailure(null), send };
}
