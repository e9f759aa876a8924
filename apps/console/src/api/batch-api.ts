import {
  BatchErrorPage,
  VerificationBatchPage,
  VerificationBatchView,
  type BatchFileQuery,
  type BatchStartRequest,
  type ProviderId,
} from '@app/contracts';
import type { ApiCalls, DownloadedFile } from './api-calls';
import { basisHeaders } from './basis-headers';
import type { Answer } from './failure';

const BATCHES = '/v1/verification-batches';

/** What a person may do with a batch besides starting it. */
export type BatchCommand = 'pause' | 'resume' | 'cancel';

/** A table on its way; the same `idempotencyKey` again gives the batch that was made, not another one. */
export interface TableUpload {
  file: File;
  provider: ProviderId | null;
  idempotencyKey: string;
  /** The consent that its bills are verified with. */
  reference?: string | null;
  onProgress: (fraction: number) => void;
}

/** The API's batches of verifications. */
export interface BatchApi {
  listBatches(page: { limit: number; before?: string }): Promise<Answer<VerificationBatchPage>>;
  readBatch(id: string): Promise<Answer<VerificationBatchView>>;
  uploadTable(upload: TableUpload): Promise<Answer<VerificationBatchView>>;
  startBatch(id: string, confirmed: BatchStartRequest): Promise<Answer<VerificationBatchView>>;
  commandBatch(id: string, command: BatchCommand): Promise<Answer<VerificationBatchView>>;
  /** Errors of the rows behind the row `after`. */
  readBatchErrors(id: string, after: number): Promise<Answer<BatchErrorPage>>;
  downloadTemplate(file: BatchFileQuery): Promise<Answer<DownloadedFile>>;
  downloadResult(id: string, file: BatchFileQuery): Promise<Answer<DownloadedFile>>;
  downloadErrors(id: string, file: BatchFileQuery): Promise<Answer<DownloadedFile>>;
}

export function batchApi({ ask, upload, download }: ApiCalls): BatchApi {
  const asked = (file: BatchFileQuery): string => new URLSearchParams(file).toString();
  return {
    listBatches: ({ limit, before }) =>
      ask(VerificationBatchPage, `${BATCHES}?limit=${limit}${before === undefined ? '' : `&before=${encodeURIComponent(before)}`}`),
    readBatch: (id) => ask(VerificationBatchView, `${BATCHES}/${id}`),
    uploadTable: ({ file, provider, idempotencyKey, reference = null, onProgress }) =>
      upload(VerificationBatchView, {
        path: provider === null ? BATCHES : `${BATCHES}?provider=${provider}`,
        headers: { 'Idempotency-Key': idempotencyKey, ...basisHeaders(reference) },
        file,
        onProgress,
      }),
    startBatch: (id, confirmed) =>
      ask(VerificationBatchView, `${BATCHES}/${id}/start`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(confirmed),
      }),
    commandBatch: (id, command) => ask(VerificationBatchView, `${BATCHES}/${id}/${command}`, { method: 'POST' }),
    readBatchErrors: (id, after) => ask(BatchErrorPage, `${BATCHES}/${id}/errors?after=${after}`),
    downloadTemplate: (file) => download(`${BATCHES}/template?${asked(file)}`),
    downloadResult: (id, file) => download(`${BATCHES}/${id}/result?${asked(file)}`),
    downloadErrors: (id, file) => download(`${BATCHES}/${id}/errors/file?${asked(file)}`),
  };
}
