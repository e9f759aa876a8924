import { DOMParser, type Document } from '@xmldom/xmldom';

/** A tree with namespaces of XML that `readXml` has found harmless. Throws for what this parser has a complaint about, be it only a warning. */
export function parseDom(xml: string): Document {
  const onError = (): never => {
    throw new SyntaxError('the XML is not well formed');
  };
  return new DOMParser({ onError }).parseFromString(xml, 'text/xml');
}
