export { BILL_SHAPES } from '@app/bills';
export { CodeReader, DocumentReader, readRootFiles, type PaintedPage, type TrustedRoot } from '@app/documents';
export { BillReader, type DocumentOpener, type PageCodeReader, type PageReader, type ReadOptions } from './bill-reader';
