import {
  ApprovalView,
  BatchView,
  BillDetailView,
  BillPage,
  CorrectionView,
  ReceiptPage,
  ReceiptView,
  SettledOrProposed,
  VerificationView,
  type BookingRequest,
  type BookingUndoRequest,
  type CorrectionRequest,
  type SettlementRequest,
  type VerificationRequest,
} from '@app/contracts';
import type { ApiCalls, DownloadedFile } from './api-calls';
import { batchApi, type BatchApi } from './batch-api';
import { costApi, type CostApi } from './cost-api';
import { isUnauthenticated, parseJson, readAnswer, readProblem, UNREACHABLE, type Answer } from './failure';
import { fileNameOf } from './file-name';
import { sendFile } from './send-file';

/** Long enough for the server to answer a verification at once in most cases, short enough for any proxy between. */
const WAIT_SECONDS = 20;
const TIMEOUT_MS = 45_000;
/** A table of the whole ledger takes its time. */
const EXPORT_TIMEOUT_MS = 600_000;

/** The API as the console uses it; every answer was held against the contract. */
export interface ApiClient extends BatchApi, CostApi {
  listReceipts(page: { limit: number; before?: string }): Promise<Answer<ReceiptPage>>;
  readReceipt(id: string): Promise<Answer<ReceiptView>>;
  readImage(id: string): Promise<Answer<Blob>>;
  /** The picture of a page, `number` from 1. */
  readPageImage(id: string, number: number): Promise<Answer<Blob>>;
  uploadReceipt(file: File, onProgress: (fraction: number) => void): Promise<Answer<ReceiptView>>;
  /** A ZIP archive; every document in it becomes a receipt. */
  uploadBatch(file: File, idempotencyKey: string, onProgress: (fraction: number) => void): Promise<Answer<BatchView>>;
  /** Keeps a review of a bill, numbered from 1, in place of the one it is based on. */
  correct(receiptId: string, billNumber: number, review: CorrectionRequest): Promise<Answer<CorrectionView>>;
  verify(request: VerificationRequest, idempotencyKey: string): Promise<Answer<VerificationView>>;
  readVerification(id: string): Promise<Answer<VerificationView>>;
  /** Says what a call cost whose charge is unknown; the same word again is no error. Above the day's limit it is a proposal. */
  settleCharge(verificationId: string, settlement: SettlementRequest): Promise<Answer<SettledOrProposed>>;
  /** `query` holds the parameters of the API, encoded. */
  listBills(query: string): Promise<Answer<BillPage>>;
  readBill(id: string): Promise<Answer<BillDetailView>>;
  bookBill(id: string, booking: BookingRequest): Promise<Answer<BillDetailView>>;
  /** Proposes to take the booking back: a second person must approve it. */
  undoBooking(id: string, undo: BookingUndoRequest): Promise<Answer<ApprovalView>>;
  /** The bills of a query as a table. */
  exportBills(query: string): Promise<Answer<Blob>>;
}

/** A client that presents `key`; `onUnauthenticated` is told when the API stops accepting it. */
export function createClient(key: string, onUnauthenticated: () => void): ApiClient {
  const authorization = { Authorization: `Bearer ${key}` };

  const heed = <T>(answer: Answer<T>): Answer<T> => {
    if (!answer.ok && isUnauthenticated(answer.failure)) onUnauthenticated();
    return answer;
  };

  const ask: ApiCalls['ask'] = async (schema, path, init = {}) => {
    const headers = new Headers(init.headers);
    headers.set('Accept', 'application/json');
    headers.set('Authorization', authorization.Authorization);
    const read = async (response: Response) => readAnswer(schema, response.status, await response.text());
    return heed(await request(path, { ...init, headers }, read));
  };

  const upload: ApiCalls['upload'] = async (schema, { headers, ...file }) => {
    const sent = await sendFile({ ...file, headers: { ...authorization, ...headers } });
    return heed(sent ? readAnswer(schema, sent.status, sent.body) : UNREACHABLE);
  };
  const download: ApiCalls['download'] = async (path) => heed(await request(path, { headers: authorization }, readFile));
  const calls: ApiCalls = { ask, upload, download };

  return {
    ...batchApi(calls),
    ...costApi(calls),
    listReceipts: ({ limit, before }) =>
      ask(ReceiptPage, `/v1/receipts?limit=${limit}${before === undefined ? '' : `&before=${encodeURIComponent(before)}`}`),
    readReceipt: (id) => ask(ReceiptView, `/v1/receipts/${id}`),
    readImage: async (id) => heed(await request(`/v1/receipts/${id}/image`, { headers: authorization }, readBlob)),
    readPageImage: async (id, number) =>
      heed(await request(`/v1/receipts/${id}/pages/${number}/image`, { headers: authorization }, readBlob)),
    uploadReceipt: (file, onProgress) => upload(ReceiptView, { path: '/v1/receipts', file, onProgress }),
    uploadBatch: (file, idempotencyKey, onProgress) =>
      upload(BatchView, { path: '/v1/receipts/batch', headers: { 'Idempotency-Key': idempotencyKey }, file, onProgress }),
    correct: (receiptId, billNumber, review) =>
      ask(CorrectionView, `/v1/receipts/${receiptId}/bills/${billNumber}/corrections`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(review),
      }),
    verify: (body, idempotencyKey) =>
      ask(VerificationView, '/v1/verifications', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'Idempotency-Key': idempotencyKey, Prefer: `wait=${WAIT_SECONDS}` },
        body: JSON.stringify(body),
      }),
    readVerification: (id) => ask(VerificationView, `/v1/verifications/${id}`),
    settleCharge: (verificationId, settlement) =>
      ask(SettledOrProposed, `/v1/verifications/${verificationId}/settlement`, json('POST', settlement)),
    listBills: (query) => ask(BillPage, `/v1/bills?${query}`),
    readBill: (id) => ask(BillDetailView, `/v1/bills/${id}`),
    bookBill: (id, booking) => ask(BillDetailView, `/v1/bills/${id}/booking`, json('POST', booking)),
    undoBooking: (id, undo) => ask(ApprovalView, `/v1/bills/${id}/booking`, json('DELETE', undo)),
    exportBills: async (query) => heed(await request(`/v1/bills/export?${query}`, { headers: authorization }, readBlob, EXPORT_TIMEOUT_MS)),
  };
}

function json(method: string, body: unknown): RequestInit {
  return { method, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
}

async function readFile(response: Response): Promise<Answer<DownloadedFile>> {
  const blob = await readBlob(response);
  if (!blob.ok) return blob;
  return { ok: true, value: { blob: blob.value, fileName: fileNameOf(response.headers.get('content-disposition')) } };
}

async function readBlob(response: Response): Promise<Answer<Blob>> {
  if (response.ok) return { ok: true, value: await response.blob() };
  return readProblem(response.status, parseJson(await response.text()));
}

/** A request whose answer did not come, or not in full, within the time limit: nobody can tell whether the server acted. */
async function request<T>(
  path: string,
  init: RequestInit,
  read: (response: Response) => Promise<Answer<T>>,
  timeoutMs = TIMEOUT_MS,
): Promise<Answer<T>> {
  try {
    return await read(await fetch(path, { ...init, signal: AbortSignal.timeout(timeoutMs) }));
  } catch {
    return UNREACHABLE;
  }
}
