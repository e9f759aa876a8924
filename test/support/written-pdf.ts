/** One object of a PDF: what stands between `obj` and `endobj`. A string of bytes is written as it is, one byte a character. */
export type PdfObject = string;

/** A stream with what its dictionary says beside its length. */
export function stream(content: string, dictionary = ''): PdfObject {
  return `<< ${dictionary} /Length ${content.length} >>\nstream\n${content}\nendstream`;
}

/** A file of objects numbered from 1, of which the first is the catalogue. */
export function pdfOf(objects: readonly PdfObject[], trailer = ''): Buffer {
  let file = '%PDF-1.7\n';
  const offsets: number[] = [];
  for (const [index, object] of objects.entries()) {
    offsets.push(file.length);
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
  }
  const start = file.length;
  const entries = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${entries}`;
  file += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${trailer} >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(file, 'latin1');
}

/** What a page of `pagePdf` is made of. Resources and further objects are numbered from 6: 5 is Helvetica, known as /F. */
export interface WrittenPage {
  content: string;
  /** In the page's dictionary. */
  page?: string;
  /** In the page's resources, beside /Font. */
  resources?: string;
  /** In the catalogue. */
  catalogue?: string;
  objects?: readonly PdfObject[];
  /** More entries of /Font. */
  fonts?: string;
  copies?: number;
}

/** A file whose pages all are one page of 400 by 200 points. */
export function pagePdf({
  content,
  page = '/MediaBox [0 0 400 200]',
  resources = '',
  catalogue = '',
  objects = [],
  fonts = '',
  copies = 1,
}: WrittenPage): Buffer {
  return pdfOf([
    `<< /Type /Catalog /Pages 2 0 R ${catalogue} >>`,
    `<< /Type /Pages /Kids [${'3 0 R '.repeat(copies)}] /Count ${copies} >>`,
    `<< /Type /Page /Parent 2 0 R ${page} /Contents 4 0 R /Resources << /Font << /F 5 0 R ${fonts} >> ${resources} >> >>`,
    stream(content),
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    ...objects,
  ]);
}

/** Sets a line of text with its baseline at (x, y), 20 points high. */
export function show(text: string, x: number, y: number): string {
  return `BT /F 20 Tf ${x} ${y} Td (${text}) Tj ET\n`;
}
