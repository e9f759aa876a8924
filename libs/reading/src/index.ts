export { BILL_SHAPES } from '@app/bills';
export { CodeReader, type PaintedPage } from '@app/documents';
export { BillReader, type PageCodeReader, type PageReader, type ReadOptions } from './bill-reader';
