export { BILL_SHAPES } from '@app/bills';
export { CodeReader, type PaintedPage } from '@app/documents';
export { BillReader, type BillReadOptions, type PageCodeReader, type PageReader } from './bill-reader';
