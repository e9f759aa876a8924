export { BILL_SHAPES } from '@app/bills';
export { CodeReader } from '@app/documents';
export { BillReader, type PageCodeReader, type PageReader } from './bill-reader';
