export { BillReader, type PageReader } from './bill-reader';
