import { useEffect, useReducer, useRef } from 'react';
import { v4 } from 'uuid';
import { useApi } from '../api/api-context';
import type { Failure } from '../api/failure';
import { isArchive } from './upload-form';
import { changeUploads, nextToSend, type Upload } from './upload-queue';

/** The files a person chose, on their way to the server. */
export interface Uploads {
  readonly queue: readonly Upload[];
  /** All of them with the same consent. */
  readonly add: (files: readonly File[], reference: string | null) => void;
  readonly retry: (key: number) => void;
  readonly dismiss: (key: number) => void;
}

interface Events {
  /** The first of the files chosen together has arrived: what a person waits for. */
  onFirstOfChoice: (receiptId: string) => void;
  onArrived: () => void;
}

export function useUploads(events: Events): Uploads {
  const api = useApi();
  const [queue, dispatch] = useReducer(changeUploads, []);
  const started = useRef(new Set<number>());
  const nextKey = useRef(1);
  const batchKeys = useRef(new Map<number, string>());
  const awaited = useRef<number | null>(null);

  const fail = (key: number, failure: Failure): void => {
    started.current.delete(key);
    dispatch({ type: 'fail', key, failure });
  };
  const arrived = (key: number, receiptId: string | undefined): void => {
    started.current.delete(key);
    events.onArrived();
    if (receiptId !== undefined && awaited.current === key) events.onFirstOfChoice(receiptId);
  };

  const sendOne = async ({ key, file, reference }: Upload): Promise<void> => {
    const answer = await api.uploadReceipt(file, (progress) => dispatch({ type: 'progress', key, progress }), reference);
    if (!answer.ok) {
      fail(key, answer.failure);
      return;
    }
    dispatch({ type: 'arrive', key });
    arrived(key, answer.value.id);
  };
  const sendArchive = async ({ key, file, reference }: Upload): Promise<void> => {
    // The same key for every try: a batch whose answer was lost goes on instead of beginning anew.
    const idempotencyKey = batchKeys.current.get(key) ?? v4();
    batchKeys.current.set(key, idempotencyKey);
    const answer = await api.uploadBatch(file, idempotencyKey, (progress) => dispatch({ type: 'progress', key, progress }), reference);
    if (!answer.ok) {
      fail(key, answer.failure);
      return;
    }
    dispatch({ type: 'unpack', key, batch: answer.value });
    arrived(key, answer.value.items.find(({ receiptId }) => receiptId !== null)?.receiptId ?? undefined);
  };

  useEffect(() => {
    for (const upload of nextToSend(queue)) {
      // An effect may run twice for one queue; a file must not be sent twice.
      if (started.current.has(upload.key)) continue;
      started.current.add(upload.key);
      dispatch({ type: 'send', key: upload.key });
      void (isArchive(upload.file) ? sendArchive(upload) : sendOne(upload));
    }
  });

  return {
    queue,
    add: (files, reference) => {
      awaited.current = nextKey.current;
      dispatch({ type: 'add', files, firstKey: nextKey.current, reference });
      nextKey.current += files.length;
    },
    retry: (key) => dispatch({ type: 'retry', key }),
    dismiss: (key) => dispatch({ type: 'dismiss', key }),
  };
}
