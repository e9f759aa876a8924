import { REVIEW_PURPOSE, type Elements, type ProviderId, type VerificationRequest, type VerificationView } from '@app/contracts';
import { useCallback, useState } from 'react';
import { useApi } from '../api/api-context';
import type { Failure } from '../api/failure';
import { usePolled } from '../api/use-polled';
import { usePending } from './pending-verifications';
import { isPending } from './verdict-light';

const QUEUED_DELAY_MS = 1_500;
const WAITING_DELAY_MS = 4_000;

/** A verification being asked for or shown. */
export interface Verification {
  readonly view: VerificationView | null;
  readonly failure: Failure | null;
  readonly isSending: boolean;
  readonly submit: (elements: Elements, provider: ProviderId | null) => Promise<void>;
  /** Asks again for the one shown: something outside changed it, such as a settlement. */
  readonly reload: () => void;
}

interface Options {
  /** The verification to show, from the address. */
  id: string | null;
  receiptId: string | null;
  /** The consent that it is asked with, where the receipt brings none. */
  reference?: string;
  /** The receipt beside it is shown unmasked for a review, and so is what the provider told of it. */
  isReview?: boolean;
  onAccepted: (id: string) => void;
}

/** Sends a verification once and follows it until its outcome is final. */
export function useVerification({ id, receiptId, reference, isReview = false, onAccepted }: Options): Verification {
  const api = useApi();
  const pending = usePending();
  const [accepted, setAccepted] = useState<VerificationView | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isSending, setIsSending] = useState(false);
  const [reloadedId, setReloadedId] = useState<string | null>(null);
  const [warnedOf, setWarnedOf] = useState<string | null>(null);

  const known = accepted?.id === id ? accepted : null;
  const isFinal = known !== null && !isPending(known) && !(isReview && known.masked);
  const polled = usePolled(
    useCallback(async () => {
      const answer = await api.readVerification(id ?? '');
      // Each look with a purpose is on record: once there is something to look at, and not at each asking whether there is.
      return isReview && answer.ok && !isPending(answer.value) ? api.readVerification(id ?? '', REVIEW_PURPOSE) : answer;
    }, [api, id, isReview]),
    nextDelayMs,
    id !== null && (!isFinal || reloadedId === id),
  );
  const latest = polled.value?.id === id ? polled.value : null;

  const submit = async (elements: Elements, provider: ProviderId | null): Promise<void> => {
    const asked: VerificationRequest = { elements, ...(receiptId && { receiptId }), ...(provider && { provider }) };
    // Who asks the same again after being told that it is the bill's last call of the day has confirmed it.
    const request = warnedOf === JSON.stringify(asked) ? { ...asked, confirmLastTry: true } : asked;
    setIsSending(true);
    setFailure(null);
    const answer = await pending.ask(request, (key) => api.verify(request, key, reference ?? null));
    setIsSending(false);
    if (answer.ok) {
      setAccepted(answer.value);
      onAccepted(answer.value.id);
    } else {
      setFailure(answer.failure);
    }
    setWarnedOf(!answer.ok && isLastTry(answer.failure) ? JSON.stringify(asked) : null);
  };

  const reload = (): void => {
    setReloadedId(id);
    polled.reload();
  };

  return { view: latest ?? known, failure: failure ?? polled.failure, isSending, submit, reload };
}

function isLastTry(failure: Failure): boolean {
  return failure.kind === 'problem' && failure.problem.code === 'last-try-unconfirmed';
}

function nextDelayMs(view: VerificationView): number | null {
  if (!isPending(view)) return null;
  return view.state === 'waiting' ? WAITING_DELAY_MS : QUEUED_DELAY_MS;
}
