import { markedEncoding } from './decode-xml';

/** A declaration, a comment, a DTD or a tag; web pages are none of ours, though some are XML. */
const XML_START = /^\s*<(?!!doctype\s+html|html)(?:\?xml\s|!--|!doctype\s|[a-z_])/iu;

/** Whether a document begins as XML does. The reader then says whether it is. */
export function looksLikeXml(start: Uint8Array): boolean {
  const marked = markedEncoding(start);
  const text = marked === null ? Buffer.from(start).toString('latin1') : new TextDecoder(marked).decode(start);
  return XML_START.test(text);
}
