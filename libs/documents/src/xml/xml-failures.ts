import { DocumentError } from '../document.error';

/** XML that is not well formed, or not in the encoding it claims. Says where, never what stands there. */
export function brokenXml(why: string, options?: ErrorOptions): DocumentError {
  return new DocumentError('damaged', `the XML is broken: ${why}`, options);
}

/** XML that is refused for what it would make a reader do. */
export function unsafeXml(why: string): DocumentError {
  return new DocumentError('unsafe', `the XML is refused: ${why}`);
}
