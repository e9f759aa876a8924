import {
  ApprovalView,
  SubjectRequestPage,
  SubjectRequestView,
  type SubjectErasureRequest,
  type SubjectRequestClosing,
  type SubjectRequestOrder,
} from '@app/contracts';
import { json, type ApiCalls, type DownloadedFile } from './api-calls';
import { pageQuery, type AskedPage } from './asked-page';
import type { Answer } from './failure';

const SUBJECTS = '/v1/subject-requests';

/** Requests of persons whose data the institution holds. */
export interface SubjectApi {
  listSubjects(page: AskedPage): Promise<Answer<SubjectRequestPage>>;
  readSubject(id: string): Promise<Answer<SubjectRequestView>>;
  /** The search begins at once. */
  openSubject(order: SubjectRequestOrder): Promise<Answer<SubjectRequestView>>;
  searchSubject(id: string): Promise<Answer<SubjectRequestView>>;
  exportSubject(id: string): Promise<Answer<SubjectRequestView>>;
  /** One part of the copy, by its number from 1. */
  downloadSubject(id: string, number: number): Promise<Answer<DownloadedFile>>;
  /** Proposes to erase what was found: a second person must approve it. */
  proposeSubjectErasure(id: string, erasure: SubjectErasureRequest): Promise<Answer<ApprovalView>>;
  closeSubject(id: string, closing: SubjectRequestClosing): Promise<Answer<SubjectRequestView>>;
}

export function subjectApi({ ask, download }: ApiCalls): SubjectApi {
  return {
    listSubjects: (page) => ask(SubjectRequestPage, `${SUBJECTS}?${pageQuery(page)}`),
    readSubject: (id) => ask(SubjectRequestView, `${SUBJECTS}/${id}`),
    openSubject: (order) => ask(SubjectRequestView, SUBJECTS, json('POST', order)),
    searchSubject: (id) => ask(SubjectRequestView, `${SUBJECTS}/${id}/search`, { method: 'POST' }),
    exportSubject: (id) => ask(SubjectRequestView, `${SUBJECTS}/${id}/export`, { method: 'POST' }),
    downloadSubject: (id, number) => download(`${SUBJECTS}/${id}/exports/${number}`),
    proposeSubjectErasure: (id, erasure) => ask(ApprovalView, `${SUBJECTS}/${id}/erasure`, json('POST', erasure)),
    closeSubject: (id, closing) => ask(SubjectRequestView, `${SUBJECTS}/${id}/close`, json('POST', closing)),
  };
}
