import type { VerificationBatchView } from '@app/contracts';
import { useState } from 'react';
import { useApi } from '../api/api-context';
import type { BatchCommand } from '../api/batch-api';
import type { Answer, Failure } from '../api/failure';

/** What a person does with a batch. */
export interface BatchActions {
  readonly failure: Failure | null;
  readonly isBusy: boolean;
  /** Forgets the failure: what is done next is something else. */
  readonly forget: () => void;
  /** Starts it with the number of calls that was seen; false when it did not start, for which `failure` has the reason. */
  readonly start: (calls: number) => Promise<boolean>;
  readonly command: (command: BatchCommand) => Promise<boolean>;
}

/** `onActed` is told after every try, also a failed one: only the server knows where the batch stands then. */
export function useBatchActions(id: string, onActed: () => void): BatchActions {
  const api = useApi();
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isBusy, setIsBusy] = useState(false);

  const act = async (action: () => Promise<Answer<VerificationBatchView>>): Promise<boolean> => {
    setIsBusy(true);
    setFailure(null);
    const answer = await action();
    setIsBusy(false);
    if (!answer.ok) setFailure(answer.failure);
    onActed();
    return answer.ok;
  };
  return {
    failure,
    isBusy,
    forget: () => setFailure(null),
    start: (calls) => act(() => api.startBatch(id, { calls })),
    command: (command) => act(() => api.commandBatch(id, command)),
  };
}
