import { signCms, type CmsWish } from './sign-cms';
import { timeText } from './der';

export interface PdfSignatureWish extends CmsWish {
  subFilter?: string;
  /** Room for the signature, in bytes. */
  room?: number;
}

/** The hole that the file keeps for the numbers of its range. */
const RANGE_ROOM = 40;

/**
 * Signs a PDF with a plain table of objects, as an addition behind it: a field with a signature in it, of the whole file but the signature's own
 * value. Signing again adds a second one. Throws `TypeError` for a PDF of another kind.
 */
export function signPdf(pdf: Uint8Array, wish: PdfSignatureWish): Buffer {
  const { subFilter = 'adbe.pkcs7.detached', room = 8_192, signedAt = new Date() } = wish;
  const file = Buffer.from(pdf);
  const text = file.toString('latin1');
  const { root, size, catalog, previous } = lastTable(text);
  const signature =
    `<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /${subFilter} /ByteRange [${' '.repeat(RANGE_ROOM)}] ` +
    `/Contents <${'0'.repeat(room * 2)}>${signedAt ? ` /M (D:${timeText(signedAt)})` : ''} >>`;
  const field = `<< /FT /Sig /T (Signature${size}) /V ${size} 0 R /Type /Annot /Subtype /Widget /Rect [0 0 0 0] /F 132 >>`;
  const objects: [number, string][] = [
    [size, signature],
    [size + 1, field],
    [root, withField(catalog, size + 1)],
  ];
  const out = append(text, objects, { root, size: size + 2, previous });
  return fill(Buffer.from(out, 'latin1'), file.length, room, wish);
}

function lastTable(text: string): { root: number; size: number; catalog: string; previous: number } {
  const trailer = text.slice(text.lastIndexOf('trailer'));
  const root = Number(/\/Root\s+(\d+)\s+0\s+R/u.exec(trailer)?.[1]);
  const size = Number(/\/Size\s+(\d+)/u.exec(trailer)?.[1]);
  const previous = Number(/startxref\s+(\d+)/u.exec(trailer)?.[1]);
  const start = text.lastIndexOf(`\n${root} 0 obj`);
  const catalog = /<<([\s\S]*)>>/u.exec(text.slice(start, text.indexOf('endobj', start)))?.[1];
  if (start < 0 || catalog === undefined || Number.isNaN(size) || Number.isNaN(previous))
    throw new TypeError('the PDF has no plain table of objects');
  return { root, size, catalog, previous };
}

function withField(catalog: string, field: number): string {
  const form = /\/AcroForm\s*<<[^>]*\/Fields\s*\[([^\]]*)\][^>]*>>/u.exec(catalog);
  const others = form?.[1] ?? '';
  return `<<${form ? catalog.replace(form[0], '') : catalog} /AcroForm << /SigFlags 3 /Fields [${others} ${field} 0 R] >> >>`;
}

function append(text: string, objects: readonly [number, string][], table: { root: number; size: number; previous: number }): string {
  let out = text.endsWith('\n') ? text : `${text}\n`;
  let entries = '';
  for (const [number, body] of objects) {
    entries += `${number} 1\n${String(out.length).padStart(10, '0')} 00000 n \n`;
    out += `${number} 0 obj\n${body}\nendobj\n`;
  }
  const start = out.length;
  return `${out}xref\n${entries}trailer\n<< /Size ${table.size} /Root ${table.root} 0 R /Prev ${table.previous} >>\nstartxref\n${start}\n%%EOF\n`;
}

function fill(file: Buffer, from: number, room: number, wish: PdfSignatureWish): Buffer {
  const gap = file.indexOf('/Contents <', from) + '/Contents '.length;
  const end = gap + room * 2 + 2;
  const range = `0 ${gap} ${end} ${file.length - end}`;
  file.write(range.padEnd(RANGE_ROOM, ' '), file.indexOf('/ByteRange [', from) + '/ByteRange ['.length, 'latin1');
  const value = signCms(Buffer.concat([file.subarray(0, gap), file.subarray(end)]), wish);
  if (value.length > room) throw new RangeError('the signature does not fit into its room');
  file.write(value.toString('hex'), gap + 1, 'latin1');
  return file;
}
