export { BILL_SHAPES } from '@app/bills';
export { BillReader, type PageReader } from './bill-reader';
