import type { OpenedDocument } from '../opened-document';
import { readXml } from './read-xml';

/** Opens a document that is data: it has no pages. */
export function openXml(bytes: Buffer): OpenedDocument {
  const noPage = () => Promise.reject(new RangeError('data has no pages'));
  return {
    mediaType: 'application/xml',
    pageCount: 0,
    xml: [readXml(bytes)],
    signatures: [],
    page: noPage,
    picture: noPage,
    close: () => Promise.resolve(),
  };
}
