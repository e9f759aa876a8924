import {
  ApprovalView,
  BatchView,
  BillDetailView,
  BillPage,
  CorrectionView,
  QuotasView,
  ReceiptPage,
  ReceiptView,
  SettledOrProposed,
  VerificationView,
  type BillExportRequest,
  type BillOriginRequest,
  type BillSearchRequest,
  type BookingRequest,
  type BookingUndoRequest,
  type CorrectionRequest,
  type Purpose,
  type SettlementRequest,
  type VerificationRequest,
} from '@app/contracts';
import { json, type ApiCalls, type DownloadedFile } from './api-calls';
import { approvalApi, type ApprovalApi } from './approval-api';
import { auditApi, type AuditApi } from './audit-api';
import { batchApi, type BatchApi } from './batch-api';
import { basisHeaders } from './basis-headers';
import { consentApi, type ConsentApi } from './consent-api';
import { costApi, type CostApi } from './cost-api';
import {
  isOutdatedProof,
  isUnauthenticated,
  parseJson,
  readAnswer,
  readProblem,
  UNREACHABLE,
  withRetryAfter,
  type Answer,
} from './failure';
import { fileNameOf } from './file-name';
import { identityApi, type IdentityApi } from './identity-api';
import { keyApi, type KeyApi } from './key-api';
import { peopleApi, type PeopleApi } from './people-api';
import { retentionApi, type RetentionApi } from './retention-api';
import { rulesApi, type RulesApi } from './rules-api';
import { sendFile } from './send-file';
import { subjectApi, type SubjectApi } from './subject-api';
import type { SessionProof } from './session-proof';

/** Long enough for the server to answer a verification at once in most cases, short enough for any proxy between. */
const WAIT_SECONDS = 20;
const TIMEOUT_MS = 45_000;
/** A table of the whole ledger takes its time. */
const EXPORT_TIMEOUT_MS = 600_000;

/** The API as the console uses it; every answer was held against the contract. */
export interface ApiClient
  extends BatchApi, CostApi, IdentityApi, ApprovalApi, PeopleApi, KeyApi, AuditApi, RulesApi, RetentionApi, SubjectApi, ConsentApi {
  listReceipts(page: { limit: number; before?: string }): Promise<Answer<ReceiptPage>>;
  readReceipt(id: string): Promise<Answer<ReceiptView>>;
  /** The same with personal fields as they were read, for whoever compares them with the page; the api keeps who looked. */
  readReceiptForReview(id: string): Promise<Answer<ReceiptView>>;
  /** The upload itself; `purpose` may be null for who has the receipt open for review. */
  readImage(id: string, purpose: string | null): Promise<Answer<Blob>>;
  /** The picture of a page, `number` from 1. */
  readPageImage(id: string, number: number, purpose: string | null): Promise<Answer<Blob>>;
  uploadReceipt(file: File, onProgress: (fraction: number) => void, reference?: string | null): Promise<Answer<ReceiptView>>;
  /** A ZIP archive; every document in it becomes a receipt. */
  uploadBatch(
    file: File,
    idempotencyKey: string,
    onProgress: (fraction: number) => void,
    reference?: string | null,
  ): Promise<Answer<BatchView>>;
  /** Keeps a review of a bill, numbered from 1, in place of the one it is based on. */
  correct(receiptId: string, billNumber: number, review: CorrectionRequest): Promise<Answer<CorrectionView>>;
  verify(request: VerificationRequest, idempotencyKey: string, reference?: string | null): Promise<Answer<VerificationView>>;
  /** With a purpose its personal fields are shown as the provider told them; the api keeps who looked, and why. */
  readVerification(id: string, purpose?: Purpose): Promise<Answer<VerificationView>>;
  /** Says what a call cost whose charge is unknown; the same word again is no error. Above the day's limit it is a proposal. */
  settleCharge(verificationId: string, settlement: SettlementRequest): Promise<Answer<SettledOrProposed>>;
  searchBills(search: BillSearchRequest): Promise<Answer<BillPage>>;
  readBill(id: string): Promise<Answer<BillDetailView>>;
  /** Says what the bill's original is, and where it is kept. */
  setOrigin(id: string, origin: BillOriginRequest): Promise<Answer<BillDetailView>>;
  bookBill(id: string, booking: BookingRequest): Promise<Answer<BillDetailView>>;
  /** Proposes to take the booking back: a second person must approve it. */
  undoBooking(id: string, undo: BookingUndoRequest): Promise<Answer<ApprovalView>>;
  /** The bills that the filters find as a table. */
  exportBills(wanted: BillExportRequest): Promise<Answer<Blob>>;
  /** What the institution may use up, and what it has. */
  readQuotas(): Promise<Answer<QuotasView>>;
}

/** A client that proves by a person's session who asks; `onUnauthenticated` is told when the API stops accepting it. */
export function createClient(proof: SessionProof, onUnauthenticated: () => void): ApiClient {
  /** An outdated proof was surely refused, so that the request may be sent once more with a newer one. */
  const proven = async <T>(send: () => Promise<Answer<T>>): Promise<Answer<T>> => {
    const first = await send();
    const answer = !first.ok && isOutdatedProof(first.failure) && (await proof.renew()) ? await send() : first;
    if (answer.ok) proof.noteUse();
    else if (isUnauthenticated(answer.failure)) onUnauthenticated();
    return answer;
  };
  const send = <T>(path: string, init: RequestInit, read: (response: Response) => Promise<Answer<T>>, timeoutMs?: number) =>
    proven(() => {
      const headers = new Headers(init.headers);
      for (const [name, value] of Object.entries(proof.headers(init.method ?? 'GET'))) headers.set(name, value);
      return request(path, { ...init, headers }, read, timeoutMs);
    });

  const ask: ApiCalls['ask'] = (schema, path, init = {}) => {
    const headers = new Headers(init.headers);
    headers.set('Accept', 'application/json');
    return send(path, { ...init, headers }, async (response) => readAnswer(schema, response.status, await response.text()));
  };
  const upload: ApiCalls['upload'] = (schema, { headers, ...file }) =>
    proven(async () => {
      const sent = await sendFile({ ...file, headers: { ...proof.headers('POST'), ...headers } });
      return sent ? withRetryAfter(readAnswer(schema, sent.status, sent.body), sent.retryAfter, Date.now()) : UNREACHABLE;
    });
  const download: ApiCalls['download'] = (path) => send(path, {}, readFile, EXPORT_TIMEOUT_MS);
  const calls: ApiCalls = { ask, upload, download };

  return {
    ...batchApi(calls),
    ...costApi(calls),
    ...identityApi(calls),
    ...approvalApi(calls),
    ...peopleApi(calls),
    ...keyApi(calls),
    ...auditApi(calls),
    ...rulesApi(calls),
    ...consentApi(calls),
    ...retentionApi(calls),
    ...subjectApi(calls),
    listReceipts: ({ limit, before }) =>
      ask(ReceiptPage, `/v1/receipts?limit=${limit}${before === undefined ? '' : `&before=${encodeURIComponent(before)}`}`),
    readReceipt: (id) => ask(ReceiptView, `/v1/receipts/${id}`),
    readReceiptForReview: (id) => ask(ReceiptView, `/v1/receipts/${id}/review`, { method: 'POST' }),
    readImage: (id, purpose) => send(`/v1/receipts/${id}/image`, lookingFor(purpose), readBlob),
    readPageImage: (id, number, purpose) => send(`/v1/receipts/${id}/pages/${number}/image`, lookingFor(purpose), readBlob),
    uploadReceipt: (file, onProgress, reference = null) =>
      upload(ReceiptView, { path: '/v1/receipts', headers: basisHeaders(reference), file, onProgress }),
    uploadBatch: (file, idempotencyKey, onProgress, reference = null) => {
      const headers = { 'Idempotency-Key': idempotencyKey, ...basisHeaders(reference) };
      return upload(BatchView, { path: '/v1/receipts/batch', headers, file, onProgress });
    },
    correct: (receiptId, billNumber, review) =>
      ask(CorrectionView, `/v1/receipts/${receiptId}/bills/${billNumber}/corrections`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(review),
      }),
    verify: (body, idempotencyKey, reference = null) =>
      ask(VerificationView, '/v1/verifications', {
        method: 'POST',
        headers: {
          ...{ 'Content-Type': 'application/json', 'Idempotency-Key': idempotencyKey, Prefer: `wait=${WAIT_SECONDS}` },
          ...basisHeaders(reference),
        },
        body: JSON.stringify(body),
      }),
    readVerification: (id, purpose) =>
      ask(
        VerificationView,
        `/v1/verifications/${id}`,
        purpose === undefined ? {} : { headers: { 'X-Piaoyan-Purpose': encodeURIComponent(purpose) } },
      ),
    settleCharge: (verificationId, settlement) =>
      ask(SettledOrProposed, `/v1/verifications/${verificationId}/settlement`, json('POST', settlement)),
    searchBills: (search) => ask(BillPage, '/v1/bills/search', json('POST', search)),
    readBill: (id) => ask(BillDetailView, `/v1/bills/${id}`),
    setOrigin: (id, origin) => ask(BillDetailView, `/v1/bills/${id}/origin`, json('PUT', origin)),
    readQuotas: () => ask(QuotasView, '/v1/quotas'),
    bookBill: (id, booking) => ask(BillDetailView, `/v1/bills/${id}/booking`, json('POST', booking)),
    undoBooking: (id, undo) => ask(ApprovalView, `/v1/bills/${id}/booking`, json('DELETE', undo)),
    exportBills: (wanted) => send('/v1/bills/export', json('POST', wanted), readBlob, EXPORT_TIMEOUT_MS),
  };
}

/** Headers are Latin-1: what people write is encoded. */
function lookingFor(purpose: string | null): RequestInit {
  return purpose === null ? {} : { headers: { 'X-Piaoyan-Purpose': encodeURIComponent(purpose) } };
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
    const response = await fetch(path, { ...init, signal: AbortSignal.timeout(timeoutMs) });
    return withRetryAfter(await read(response), response.headers.get('retry-after'), Date.now());
  } catch {
    return UNREACHABLE;
  }
}
