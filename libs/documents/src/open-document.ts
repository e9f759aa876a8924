import { withDefaults, type DocumentLimits } from './limits';
import { openOfd } from './ofd/open-ofd';
import { openImage } from './open-image';
import type { OpenedDocument } from './opened-document';
import { openPdf } from './pdf/open-pdf';
import { recognise } from './recognise';
import { openXml } from './xml/open-xml';

/** Opens a document's bytes, whatever form they have, for reading page by page. Throws `DocumentError`. */
export async function openDocument(bytes: Buffer, limits?: Partial<DocumentLimits>): Promise<OpenedDocument> {
  const bounds = withDefaults(limits);
  const mediaType = await recognise(bytes);
  switch (mediaType) {
    case 'application/xml':
      return openXml(bytes);
    case 'application/pdf':
      return openPdf(bytes, bounds);
    case 'application/ofd':
      return openOfd(bytes, bounds);
    default:
      return openImage(bytes, mediaType, bounds);
  }
}
