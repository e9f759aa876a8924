import { looksLikeXml } from './xml/looks-like-xml';

/** Forms of document that can be opened, told by their first bytes and never by a name or a header. */
export type MediaType = ImageType | 'application/xml' | 'application/pdf' | 'application/ofd';

/** Forms of picture that can be opened. */
export type ImageType = 'image/jpeg' | 'image/png' | 'image/webp' | 'image/tiff' | 'image/gif' | 'image/bmp';

/** What the first bytes can tell: an archive may be an OFD document or a batch of documents. */
export type SniffedType = Exclude<MediaType, 'application/ofd'> | 'application/zip';

/** How many bytes `sniff` needs: so far into the file readers look for a PDF's header. */
export const SNIFF_BYTES = 1024;

/** How far into the file XML has to begin. */
const XML_BYTES = 64;

/** First bytes in hexadecimal; `..` stands for any byte. */
const SIGNATURES: readonly (readonly [SniffedType, string])[] = [
  ['image/jpeg', 'ffd8ff'],
  ['image/png', '89504e470d0a1a0a'],
  ['image/webp', '52494646........57454250'],
  ['image/tiff', '49492a00'],
  ['image/tiff', '49492b00'],
  ['image/tiff', '4d4d002a'],
  ['image/tiff', '4d4d002b'],
  ['image/gif', '474946383761'],
  ['image/gif', '474946383961'],
  ['image/bmp', '424d........00000000'],
  ['application/zip', '504b0304'],
  ['application/zip', '504b0506'],
];

/** The form of a document by its first bytes; null when it is none that can be opened. */
export function sniff(start: Uint8Array): SniffedType | null {
  const head = Buffer.from(start.subarray(0, SNIFF_BYTES));
  const signed = SIGNATURES.find(([, signature]) => new RegExp(`^${signature}`, 'u').test(head.toString('hex', 0, XML_BYTES)));
  if (signed) return signed[0];
  if (looksLikeXml(head.subarray(0, XML_BYTES))) return 'application/xml';
  return head.includes('%PDF-') ? 'application/pdf' : null;
}
