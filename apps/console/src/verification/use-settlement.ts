import type { SettlementRequest } from '@app/contracts';
import { useState } from 'react';
import { useApi } from '../api/api-context';
import type { Failure } from '../api/failure';

/** Settling what a call cost. Repeating it is safe: the same word on the same call gives the same settlement. */
export interface SettlementForm {
  readonly failure: Failure | null;
  readonly isSending: boolean;
  /** `proposed` where a second person must approve it first; null when it was refused. */
  readonly settle: (request: SettlementRequest) => Promise<'settled' | 'proposed' | null>;
}

export function useSettlement(verificationId: string): SettlementForm {
  const api = useApi();
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isSending, setIsSending] = useState(false);

  const settle: SettlementForm['settle'] = async (request) => {
    setIsSending(true);
    setFailure(null);
    const answer = await api.settleCharge(verificationId, request);
    setIsSending(false);
    if (!answer.ok) setFailure(answer.failure);
    if (!answer.ok) return null;
    return 'payloadHash' in answer.value ? 'proposed' : 'settled';
  };
  return { failure, isSending, settle };
}
