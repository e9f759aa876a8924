import type { Reading } from '@app/contracts';

/**
 * Reads one document's bytes. The worker binds the OCR reader to it; the api binds nothing, so that no engine can be loaded there.
 */
export abstract class ReceiptReader {
  /** @throws DocumentError when the bytes are no readable document; any other error may pass and is worth another try. */
  abstract read(bytes: Buffer, options?: { signal?: AbortSignal }): Promise<Reading>;
}
