import { gbk } from './gbk';

/** One way in which a text may be written on its way out. */
export interface Encoding {
  name: string;
  encode(text: string): Buffer;
}

const ascii = (text: string): Buffer => Buffer.from(text, 'latin1');
const units = (text: string, write: (unit: number) => string): Buffer =>
  ascii(Array.from({ length: text.length }, (_, at) => write(text.charCodeAt(at))).join(''));
const hex4 = (unit: number): string => unit.toString(16).padStart(4, '0');
const foreign = (text: string, write: (unit: number) => string): Buffer =>
  units(text, (unit) => (unit < 128 ? String.fromCharCode(unit) : write(unit)));
const percent = (bytes: Buffer): string =>
  Array.from(bytes, (byte) => (/[\w.-]/.test(String.fromCharCode(byte)) ? String.fromCharCode(byte) : `%${hexByte(byte)}`)).join('');
const hexByte = (byte: number): string => byte.toString(16).toUpperCase().padStart(2, '0');

/** Base64 of a text that begins at the first, second or third byte of a group: only the characters that no neighbour decides. */
function base64At(alignment: 0 | 1 | 2, form: 'base64' | 'base64url'): (text: string) => Buffer {
  return (text) => {
    const bytes = Buffer.concat([Buffer.alloc(alignment), Buffer.from(text)]);
    const first = [0, 2, 3][alignment] ?? 0;
    return ascii(bytes.toString(form).slice(first, Math.floor((bytes.length * 4) / 3)));
  };
}

/** All encodings of a text that are looked for. Bodies that are compressed, or encoded as a whole, are opened first: see `views`. */
export const ENCODINGS: readonly Encoding[] = [
  { name: 'UTF-8', encode: (text) => Buffer.from(text) },
  { name: 'UTF-16LE', encode: (text) => Buffer.from(text, 'utf16le') },
  { name: 'UTF-16BE', encode: (text) => Buffer.from(text, 'utf16le').swap16() },
  { name: 'GBK', encode: gbk },
  { name: 'percent', encode: (text) => ascii(percent(Buffer.from(text))) },
  { name: 'percent, lower case', encode: (text) => ascii(percent(Buffer.from(text)).replace(/%../g, (code) => code.toLowerCase())) },
  { name: 'percent of GBK', encode: (text) => ascii(percent(gbk(text))) },
  { name: 'JSON escapes', encode: (text) => foreign(text, (unit) => `\\u${hex4(unit)}`) },
  { name: 'JSON escapes, upper case', encode: (text) => foreign(text, (unit) => `\\u${hex4(unit).toUpperCase()}`) },
  { name: 'JSON escapes of all', encode: (text) => units(text, (unit) => `\\u${hex4(unit)}`) },
  { name: 'XML references', encode: (text) => foreign(text, (unit) => `&#${unit};`) },
  { name: 'XML references, hexadecimal', encode: (text) => foreign(text, (unit) => `&#x${hex4(unit)};`) },
  { name: 'base64, first byte', encode: base64At(0, 'base64') },
  { name: 'base64, second byte', encode: base64At(1, 'base64') },
  { name: 'base64, third byte', encode: base64At(2, 'base64') },
  { name: 'base64url, first byte', encode: base64At(0, 'base64url') },
  { name: 'base64url, second byte', encode: base64At(1, 'base64url') },
  { name: 'base64url, third byte', encode: base64At(2, 'base64url') },
  { name: 'hexadecimal', encode: (text) => ascii(Buffer.from(text).toString('hex')) },
  { name: 'hexadecimal, upper case', encode: (text) => ascii(Buffer.from(text).toString('hex').toUpperCase()) },
];
