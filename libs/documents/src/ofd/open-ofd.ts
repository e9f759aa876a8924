import { DocumentError } from '../document.error';
import type { DocumentLimits } from '../limits';
import type { OpenedDocument } from '../opened-document';

/** Opens an OFD document (GB/T 33190). Throws `DocumentError`. */
export function openOfd(_bytes: Buffer, _limits: DocumentLimits): Promise<OpenedDocument> {
  return Promise.reject(new DocumentError('unsupported-type', 'OFD is not read yet'));
}
