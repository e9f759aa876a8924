import {
  ApprovalView,
  ErasureProofPage,
  LegalHoldPage,
  LegalHoldView,
  RetentionPreview,
  RetentionView,
  type LegalHoldRequest,
  type RetentionRequest,
} from '@app/contracts';
import { json, type ApiCalls } from './api-calls';
import { pageQuery, type AskedPage } from './asked-page';
import type { Answer } from './failure';

const RETENTION = '/v1/retention';
const HOLDS = '/v1/legal-holds';

/** How long what is kept, and what was erased. */
export interface RetentionApi {
  readRetention(): Promise<Answer<RetentionView>>;
  /** Proposes other periods: a second person must approve them. */
  proposeRetention(change: RetentionRequest): Promise<Answer<ApprovalView>>;
  /** What is due now. */
  previewRetention(): Promise<Answer<RetentionPreview>>;
  listErasures(page: AskedPage): Promise<Answer<ErasureProofPage>>;
  listHolds(page: AskedPage): Promise<Answer<LegalHoldPage>>;
  placeHold(hold: LegalHoldRequest): Promise<Answer<LegalHoldView>>;
  releaseHold(id: string, reason: string): Promise<Answer<LegalHoldView>>;
}

export function retentionApi({ ask }: ApiCalls): RetentionApi {
  return {
    readRetention: () => ask(RetentionView, RETENTION),
    proposeRetention: (change) => ask(ApprovalView, RETENTION, json('PUT', change)),
    previewRetention: () => ask(RetentionPreview, `${RETENTION}/preview`),
    listErasures: (page) => ask(ErasureProofPage, `${RETENTION}/erasures?${pageQuery(page)}`),
    listHolds: (page) => ask(LegalHoldPage, `${HOLDS}?${pageQuery(page)}`),
    placeHold: (hold) => ask(LegalHoldView, HOLDS, json('POST', hold)),
    releaseHold: (id, reason) => ask(LegalHoldView, `${HOLDS}/${id}`, json('DELETE', { reason })),
  };
}
