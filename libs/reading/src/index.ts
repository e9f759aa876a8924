export { BILL_SHAPES } from '@app/bills';
export { CodeReader, DocumentReader } from '@app/documents';
export { BillReader, type DocumentOpener, type PageCodeReader, type PageReader } from './bill-reader';
