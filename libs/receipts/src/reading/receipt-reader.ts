import type { Reading } from '@app/contracts';

/**
 * Reads one document's bytes. The worker binds the OCR reader to it; the api binds nothing, so that no engine can be loaded there.
 */
export abstract class ReceiptReader {
  /** Bytes that are no readable document give a reading that refuses them; an error may pass and is worth another try. */
  abstract read(bytes: Buffer, options?: { signal?: AbortSignal }): Promise<Reading>;
}
