import type { ProviderId } from '@app/contracts';
import { useRef, useState } from 'react';
import { v4 } from 'uuid';
import { useApi } from '../api/api-context';
import type { Failure } from '../api/failure';

/** A table on its way to the server. */
export interface TableUploading {
  /** From 0 to 1 while a table is sent, else null. */
  readonly fraction: number | null;
  readonly failure: Failure | null;
  readonly send: (file: File, how: { provider: ProviderId | null; reference: string }) => void;
  /** Sends the same table again; one whose answer was lost does not become a second batch. */
  readonly retry: () => void;
}

interface Chosen {
  file: File;
  provider: ProviderId | null;
  reference: string;
  idempotencyKey: string;
}

export function useTableUpload(onArrived: (batchId: string) => void): TableUploading {
  const api = useApi();
  const [fraction, setFraction] = useState<number | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const chosen = useRef<Chosen | null>(null);

  const upload = async (table: Chosen): Promise<void> => {
    setFailure(null);
    setFraction(0);
    const answer = await api.uploadTable({ ...table, onProgress: setFraction });
    setFraction(null);
    if (answer.ok) onArrived(answer.value.id);
    else setFailure(answer.failure);
  };
  return {
    fraction,
    failure,
    send: (file, how) => {
      chosen.current = { file, ...how, idempotencyKey: v4() };
      void upload(chosen.current);
    },
    retry: () => {
      if (chosen.current) void upload(chosen.current);
    },
  };
}
