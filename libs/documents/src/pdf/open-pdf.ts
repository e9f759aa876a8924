import { DocumentError } from '../document.error';
import type { DocumentLimits } from '../limits';
import type { OpenedDocument } from '../opened-document';

/** Opens a PDF. Throws `DocumentError`. */
export function openPdf(_bytes: Buffer, _limits: DocumentLimits): Promise<OpenedDocument> {
  return Promise.reject(new DocumentError('unsupported-type', 'PDF is not read yet'));
}
