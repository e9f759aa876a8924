import { TableError } from './table.error';

/** What Excel and WPS write in China; hardly any GB 18030 text with Chinese in it happens to be UTF-8. */
const ENCODINGS = ['utf-8', 'gb18030'] as const;

/** Characters that a table never has: it is a picture, a PDF or a program. */
// eslint-disable-next-line no-control-regex
const BINARY = /[\u0000-\u0008\u000e-\u001f]/;

/**
 * The text of a file: UTF-8, UTF-16 with a byte order mark, or GB 18030.
 * @throws TableError `unsupported` when it is no text
 */
export function decodeText(bytes: Uint8Array): string {
  const marked = markedUtf16(bytes);
  for (const encoding of marked === null ? ENCODINGS : [marked]) {
    const text = decoded(bytes, encoding);
    if (text !== null && !BINARY.test(text)) return text;
  }
  throw new TableError('unsupported', 'the file is neither an XLSX workbook nor CSV text in UTF-8, UTF-16 or GB 18030');
}

function markedUtf16([first, second]: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : null;
}

function decoded(bytes: Uint8Array, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
