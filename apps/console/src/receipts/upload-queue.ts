import type { BatchView } from '@app/contracts';
import type { Failure } from '../api/failure';

/** Uploads that run beside one another; more would only share the same line. */
export const MAX_SENDING = 2;

/** One chosen file on its way to the server. Files that arrived leave the queue; archives stay, to say what became of each document. */
export interface Upload {
  readonly key: number;
  readonly file: File;
  /** The consent that goes with it; null for none. */
  readonly reference: string | null;
  readonly state: 'waiting' | 'sending' | 'failed' | 'unpacked';
  /** Fraction sent, 0 to 1. */
  readonly progress: number;
  readonly failure: Failure | null;
  readonly batch: BatchView | null;
}

export type UploadAction =
  | { type: 'add'; files: readonly File[]; firstKey: number; reference?: string | null }
  | { type: 'send'; key: number }
  | { type: 'progress'; key: number; progress: number }
  | { type: 'arrive'; key: number }
  | { type: 'unpack'; key: number; batch: BatchView }
  | { type: 'fail'; key: number; failure: Failure }
  | { type: 'retry'; key: number }
  | { type: 'dismiss'; key: number };

export function changeUploads(uploads: readonly Upload[], action: UploadAction): readonly Upload[] {
  switch (action.type) {
    case 'add':
      return [...uploads, ...action.files.map((file, at) => waiting(file, action.firstKey + at, action.reference ?? null))];
    case 'send':
      return change(uploads, action.key, { state: 'sending' });
    case 'progress':
      return change(uploads, action.key, { progress: action.progress });
    case 'unpack':
      return change(uploads, action.key, { state: 'unpacked', batch: action.batch });
    case 'fail':
      return change(uploads, action.key, { state: 'failed', failure: action.failure });
    case 'retry':
      return change(uploads, action.key, { state: 'waiting', progress: 0, failure: null });
    case 'arrive':
    case 'dismiss':
      return uploads.filter(({ key }) => key !== action.key);
  }
}

/** The uploads to begin now, first chosen first. */
export function nextToSend(uploads: readonly Upload[]): readonly Upload[] {
  const free = MAX_SENDING - uploads.filter(({ state }) => state === 'sending').length;
  return uploads.filter(({ state }) => state === 'waiting').slice(0, Math.max(0, free));
}

function waiting(file: File, key: number, reference: string | null): Upload {
  return { key, file, reference, state: 'waiting', progress: 0, failure: null, batch: null };
}

function change(uploads: readonly Upload[], key: number, changes: Partial<Upload>): readonly Upload[] {
  return uploads.map((upload) => (upload.key === key ? { ...upload, ...changes } : upload));
}
