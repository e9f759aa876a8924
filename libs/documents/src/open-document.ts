import { withDefaults, type DocumentLimits } from './limits';
import { openOfd } from './ofd/open-ofd';
import { openImage } from './open-image';
import type { OpenedDocument } from './opened-document';
import { openPdf } from './pdf/open-pdf';
import { recognise } from './recognise';
import { TrustedRoots } from './signatures/certificates/trusted-roots';
import type { SignatureJudge } from './signatures/judge-signature';
import { openXml } from './xml/open-xml';

/** Opens a document's bytes, whatever form they have, for reading page by page; without a judge no signer is trusted. Throws `DocumentError`. */
export async function openDocument(
  bytes: Buffer,
  limits?: Partial<DocumentLimits>,
  judge: SignatureJudge = { roots: TrustedRoots.none, now: new Date() },
): Promise<OpenedDocument> {
  const bounds = withDefaults(limits);
  const mediaType = await recognise(bytes);
  switch (mediaType) {
    case 'application/xml':
      return openXml(bytes, judge);
    case 'application/pdf':
      return openPdf(bytes, bounds, judge);
    case 'application/ofd':
      return openOfd(bytes, bounds, judge);
    default:
      return openImage(bytes, mediaType, bounds);
  }
}
