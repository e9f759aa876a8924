import { brokenXml } from './xml-failures';

/** First bytes in hexadecimal that settle the encoding before any declaration can be read. */
const MARKS: readonly (readonly [string, string])[] = [
  ['efbbbf', 'utf-8'],
  ['fffe', 'utf-16le'],
  ['feff', 'utf-16be'],
  ['3c003f00', 'utf-16le'],
  ['003c003f', 'utf-16be'],
];

/** Issuers write the name of the older standard over text with characters only the newer has, and GB 18030 holds both. */
const WIDER: ReadonlyMap<string, string> = new Map([
  ['gb2312', 'gb18030'],
  ['gbk', 'gb18030'],
]);

/** How far into the file the XML declaration may reach. */
const DECLARATION_BYTES = 256;

/** Code points that XML allows; what is left out no encoding makes legal. */
const FORBIDDEN = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

/** The document's text, by its byte order mark, else by the encoding it declares, else UTF-8. A byte that does not fit is an error, never a `?`. */
export function decodeXml(bytes: Uint8Array): string {
  const label = markedEncoding(bytes) ?? declaredEncoding(bytes) ?? 'utf-8';
  const text = decode(bytes, WIDER.get(label) ?? label);
  const forbidden = text.search(FORBIDDEN);
  if (forbidden >= 0) throw brokenXml(`character ${forbidden} is none that XML allows`);
  return text.replace(/\r\n?/gu, '\n');
}

/** The encoding that the first bytes show; null when they show none. */
export function markedEncoding(bytes: Uint8Array): string | null {
  const head = Buffer.from(bytes.subarray(0, 4)).toString('hex');
  return MARKS.find(([mark]) => head.startsWith(mark))?.[1] ?? null;
}

function declaredEncoding(bytes: Uint8Array): string | null {
  const head = Buffer.from(bytes.subarray(0, DECLARATION_BYTES)).toString('latin1');
  return /^<\?xml\s[^>]*?\sencoding\s*=\s*["']([\w.:-]+)["']/u.exec(head)?.[1]?.toLowerCase() ?? null;
}

function decode(bytes: Uint8Array, label: string): string {
  let decoder: TextDecoder;
  try {
    decoder = new TextDecoder(label, { fatal: true });
  } catch (error) {
    throw brokenXml('its encoding is not known', { cause: error });
  }
  try {
    return decoder.decode(bytes);
  } catch (error) {
    throw brokenXml(`its bytes are not ${label}`, { cause: error });
  }
}
