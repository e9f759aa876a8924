import type { Reading } from '@app/contracts';
import type { PaintedPage } from '@app/documents';

/** How one document is to be read: `onPage` is given each page as a person is to see it, in order. */
export interface ReceiptReadOptions {
  signal?: AbortSignal;
  onPage?: (number: number, page: PaintedPage) => Promise<void>;
}

/**
 * Reads one document's bytes. The worker binds the OCR reader to it; the api binds nothing, so that no engine can be loaded there.
 */
export abstract class ReceiptReader {
  /** Bytes that are no readable document give a reading that refuses them; an error may pass and is worth another try. */
  abstract read(bytes: Buffer, options?: ReceiptReadOptions): Promise<Reading>;
}
