import type { CorrectedValues, CorrectionView, ReceiptView } from '@app/contracts';
import { useState } from 'react';
import { useApi } from '../api/api-context';
import type { Failure } from '../api/failure';

/** What people said about a bill, and saying more. */
export interface Review {
  /** The review that stands, as far as this console knows. */
  readonly standing: CorrectionView | null;
  /** The same as the receipt gave it: another one only after it was loaded again. */
  readonly given: CorrectionView | null;
  readonly failure: Failure | null;
  readonly isSaving: boolean;
  /** Keeps a review in place of the one that stands; false when it was not kept, for which `failure` has the reason. */
  readonly save: (fields: CorrectedValues) => Promise<boolean>;
  /** Takes over what others saved meanwhile; what stands in the form is lost. */
  readonly reload: () => void;
}

interface Options {
  receipt: ReceiptView;
  billNumber: number;
  onReload: () => void;
}

export function useReview({ receipt, billNumber, onReload }: Options): Review {
  const api = useApi();
  const [own, setOwn] = useState<CorrectionView | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isSaving, setIsSaving] = useState(false);
  const given = receipt.corrections.find(({ bill }) => bill === billNumber) ?? null;
  const standing = own && own.version >= (given?.version ?? 0) ? own : given;

  const save = async (fields: CorrectedValues): Promise<boolean> => {
    setIsSaving(true);
    setFailure(null);
    const answer = await api.correct(receipt.id, billNumber, { basedOn: standing?.version ?? 0, fields });
    setIsSaving(false);
    if (answer.ok) setOwn(answer.value);
    else setFailure(answer.failure);
    return answer.ok;
  };

  return {
    standing,
    given,
    failure,
    isSaving,
    save,
    reload: () => {
      setFailure(null);
      onReload();
    },
  };
}
