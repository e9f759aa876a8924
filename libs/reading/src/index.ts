export { BILL_SHAPES } from '@app/bills';
export { CodeReader, DocumentReader, type PaintedPage } from '@app/documents';
export { BillReader, type DocumentOpener, type PageCodeReader, type PageReader, type ReadOptions } from './bill-reader';
