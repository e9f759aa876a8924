export { CodeReader, type CodeReaderOptions } from './codes/code-reader';
export { CodeReaderError, type CodeReaderFailure } from './codes/code-reader.error';
export type { PageCode } from './codes/read-codes';
export { DocumentError, type DocumentErrorCode } from './document.error';
export { DEFAULT_LIMITS, type DocumentLimits } from './limits';
export { openDocument, type DocumentPage, type OpenedDocument } from './open-document';
export type { PageImage } from './page-image';
export { probeImage, type ProbedImage } from './probe-image';
export { sniff, type MediaType } from './sniff';
