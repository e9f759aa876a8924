import type { z } from 'zod';
import type { Answer } from './failure';

/** A file as the API names it. */
export interface DownloadedFile {
  readonly blob: Blob;
  readonly fileName: string;
}

/** A file to be sent as a form. */
export interface FileUpload {
  path: string;
  headers?: Readonly<Record<string, string>>;
  file: File;
  onProgress: (fraction: number) => void;
}

/** The ways in which the parts of the client talk to the API; each proves who asks, and notices when that is no longer accepted. */
export interface ApiCalls {
  readonly ask: <T>(schema: z.ZodType<T>, path: string, init?: RequestInit) => Promise<Answer<T>>;
  readonly upload: <T>(schema: z.ZodType<T>, upload: FileUpload) => Promise<Answer<T>>;
  readonly download: (path: string) => Promise<Answer<DownloadedFile>>;
}

/** A request with a JSON body. */
export function json(method: string, body: unknown): RequestInit {
  return { method, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
}
