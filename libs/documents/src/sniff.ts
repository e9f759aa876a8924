import { looksLikeXml } from './xml/looks-like-xml';

/** Forms of document that can be opened, told by their first bytes and never by a name or a header. */
export type MediaType = 'image/jpeg' | 'image/png' | 'image/webp' | 'image/tiff' | 'image/gif' | 'image/bmp' | 'application/xml';

/** How many bytes `sniff` needs. */
export const SNIFF_BYTES = 64;

/** First bytes in hexadecimal; `..` stands for any byte. */
const SIGNATURES: readonly (readonly [MediaType, string])[] = [
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
];

/** The form of a document by its first bytes; null when it is none that can be opened. */
export function sniff(start: Uint8Array): MediaType | null {
  const head = Buffer.from(start.subarray(0, SNIFF_BYTES)).toString('hex');
  const signed = SIGNATURES.find(([, signature]) => new RegExp(`^${signature}`, 'u').test(head));
  return signed?.[0] ?? (looksLikeXml(start.subarray(0, SNIFF_BYTES)) ? 'application/xml' : null);
}
