import type { ApprovalView, BillDetailView, BookingRequest, BookingUndoRequest } from '@app/contracts';
import { useState } from 'react';
import { useApi } from '../api/api-context';
import type { Answer, Failure } from '../api/failure';

/** Booking a bill, and proposing to take it back. Each is true when it was done. */
export interface BookingActs {
  readonly failure: Failure | null;
  readonly isSending: boolean;
  readonly book: (request: BookingRequest) => Promise<boolean>;
  readonly undo: (request: BookingUndoRequest) => Promise<boolean>;
}

/**
 * `onActed` is told of every act with the bill as it is then; null after a proposal, a refusal or a lost answer, for then the bill may stand otherwise than
 * it was shown, and is to be asked for.
 */
export function useBooking(billId: string, onActed: (bill: BillDetailView | null) => void): BookingActs {
  const api = useApi();
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isSending, setIsSending] = useState(false);

  const act = async (asked: Promise<Answer<BillDetailView | ApprovalView>>): Promise<boolean> => {
    setIsSending(true);
    setFailure(null);
    const answer = await asked;
    setIsSending(false);
    if (!answer.ok) setFailure(answer.failure);
    onActed(answer.ok && 'bookings' in answer.value ? answer.value : null);
    return answer.ok;
  };

  return {
    failure,
    isSending,
    book: (request) => act(api.bookBill(billId, request)),
    undo: (request) => act(api.undoBooking(billId, request)),
  };
}
