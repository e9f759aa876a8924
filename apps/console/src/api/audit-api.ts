import { AuditPage } from '@app/contracts';
import type { ApiCalls, DownloadedFile } from './api-calls';
import type { Answer } from './failure';

/** Reading what happened. `query` holds the parameters of the API, encoded. */
export interface AuditApi {
  listAudit(query: string): Promise<Answer<AuditPage>>;
  exportAudit(query: string): Promise<Answer<DownloadedFile>>;
  /** Everything that proves what happened to one bill, as a signed archive. */
  readEvidence(billId: string): Promise<Answer<DownloadedFile>>;
}

export function auditApi({ ask, download }: ApiCalls): AuditApi {
  return {
    listAudit: (query) => ask(AuditPage, `/v1/audit?${query}`),
    exportAudit: (query) => download(`/v1/audit/export?${query}`),
    readEvidence: (billId) => download(`/v1/bills/${billId}/evidence`),
  };
}
