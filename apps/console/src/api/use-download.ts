import { useState } from 'react';
import type { DownloadedFile } from './api-calls';
import type { Answer, Failure } from './failure';
import { saveFile } from './save-file';

/** Loading a file and letting the browser save it. */
export interface Download {
  readonly failure: Failure | null;
  readonly isLoading: boolean;
  readonly save: (load: () => Promise<Answer<DownloadedFile>>) => Promise<void>;
}

export function useDownload(): Download {
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isLoading, setIsLoading] = useState(false);

  const save: Download['save'] = async (load) => {
    setIsLoading(true);
    const answer = await load();
    setIsLoading(false);
    setFailure(answer.ok ? null : answer.failure);
    if (answer.ok) saveFile(answer.value);
  };
  return { failure, isLoading, save };
}
