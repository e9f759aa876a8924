import type { OpenedDocument } from '../opened-document';
import type { SignatureJudge } from '../signatures/judge-signature';
import { checkXmlSignatures } from '../signatures/xml/check-xml-signatures';
import { readXml } from './read-xml';

/** Opens a document that is data: it has no pages. Where it is signed, what the signature covers is read and nothing else. */
export function openXml(bytes: Buffer, judge: SignatureJudge): OpenedDocument {
  const { signatures, verified } = checkXmlSignatures(bytes, judge);
  const noPage = () => Promise.reject(new RangeError('data has no pages'));
  return {
    mediaType: 'application/xml',
    pageCount: 0,
    xml: [verified ?? readXml(bytes)],
    signatures,
    page: noPage,
    picture: noPage,
    close: () => Promise.resolve(),
  };
}
