import type { RootFile } from '../signatures/certificates/root-files';
import type { DocumentErrorCode } from '../document.error';
import type { DocumentLimits } from '../limits';
import type { DocumentPage, OpenedDocument } from '../opened-document';
import type { PageImage } from '../page-image';

/** What a thread is started with. */
export interface ParsingSetup {
  trustedRoots: readonly RootFile[];
}

/** What is known of a document once it is open. */
export type DocumentHead = Pick<OpenedDocument, 'mediaType' | 'pageCount' | 'xml' | 'signatures'>;

/** What the thread is asked, one thing at a time. It has one document open at most. */
export type ParsingRequest =
  | { ask: 'open'; bytes: Uint8Array<ArrayBuffer>; limits: Partial<DocumentLimits> }
  | { ask: 'page'; number: number }
  | { ask: 'picture'; number: number }
  | { ask: 'close' };

/** The request of one kind. */
export type RequestTo<A extends ParsingRequest['ask']> = Extract<ParsingRequest, { ask: A }>;

/** The answer to each. */
export interface ParsingAnswers {
  open: DocumentHead;
  page: DocumentPage;
  picture: PageImage | null;
  close: null;
}

export type ParsingAnswer = ParsingAnswers[keyof ParsingAnswers];

/** What the thread says: first that it is ready, then one answer or refusal to each request. */
export type ParsingReply = { ready: true } | { answer: ParsingAnswer } | { refusal: { code: DocumentErrorCode; message: string } };
