export type { Upload } from './intake/receipt-intake';
export { READING_FAILURES, type ReadingFailure } from './reading/reading-failure';
export { ReceiptReader } from './reading/receipt-reader';
export { ReceiptReading } from './reading/receipt-reading';
export { type ReadingForVerification, ReceiptReadings } from './receipt-readings.read-model';
export { Receipt } from './receipt.entity';
export { ReceiptStore } from './receipt.store';
export { ReceiptsModule, type UploadLimits } from './receipts.module';
export { type OpenedImage, Receipts } from './receipts.service';
