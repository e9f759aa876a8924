import type { SettlementRequest } from '@app/contracts';
import { useState } from 'react';
import { useApi } from '../api/api-context';
import type { Failure } from '../api/failure';

/** Settling what a call cost. Repeating it is safe: the same word on the same call gives the same settlement. */
export interface SettlementForm {
  readonly failure: Failure | null;
  readonly isSending: boolean;
  /** True when it is settled now. */
  readonly settle: (request: SettlementRequest) => Promise<boolean>;
}

export function useSettlement(verificationId: string): SettlementForm {
  const api = useApi();
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isSending, setIsSending] = useState(false);

  const settle = async (request: SettlementRequest): Promise<boolean> => {
    setIsSending(true);
    setFailure(null);
    const answer = await api.settleCharge(verificationId, request);
    setIsSending(false);
    if (!answer.ok) setFailure(answer.failure);
    return answer.ok;
  };
  return { failure, isSending, settle };
}
