import { useEffect, useReducer, useRef } from 'react';
import { useApi } from '../api/api-context';
import { changeUploads, nextToSend, type Upload } from './upload-queue';

/** The files a person chose, on their way to the server. */
export interface Uploads {
  readonly queue: readonly Upload[];
  readonly add: (files: readonly File[]) => void;
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
  const awaited = useRef<number | null>(null);

  const send = async ({ key, file }: Upload): Promise<void> => {
    dispatch({ type: 'send', key });
    const answer = await api.uploadReceipt(file, (progress) => dispatch({ type: 'progress', key, progress }));
    started.current.delete(key);
    if (!answer.ok) {
      dispatch({ type: 'fail', key, failure: answer.failure });
      return;
    }
    dispatch({ type: 'arrive', key });
    events.onArrived();
    if (awaited.current === key) events.onFirstOfChoice(answer.value.id);
  };

  useEffect(() => {
    for (const upload of nextToSend(queue)) {
      // An effect may run twice for one queue; a file must not be sent twice.
      if (started.current.has(upload.key)) continue;
      started.current.add(upload.key);
      void send(upload);
    }
  });

  return {
    queue,
    add: (files) => {
      awaited.current = nextKey.current;
      dispatch({ type: 'add', files, firstKey: nextKey.current });
      nextKey.current += files.length;
    },
    retry: (key) => dispatch({ type: 'retry', key }),
    dismiss: (key) => dispatch({ type: 'dismiss', key }),
  };
}
