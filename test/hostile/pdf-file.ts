/** An object of a PDF: its text, or a stream with its dictionary, whose length is filled in. */
export type PdfObject = string | { dict: string; data: Buffer | string };

/** A PDF of numbered objects from 1 on, the first of which is its root. */
export function pdfFile(objects: readonly PdfObject[], { trailer = '', xref }: { trailer?: string; xref?: string } = {}): Buffer {
  const parts = [Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 'latin1')];
  let at = parts[0]?.length ?? 0;
  const offsets: number[] = [];
  objects.forEach((object, i) => {
    offsets.push(at);
    const written = Buffer.concat([Buffer.from(`${i + 1} 0 obj\n`), bodyOf(object), Buffer.from('\nendobj\n')]);
    parts.push(written);
    at += written.length;
  });
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const table =
    xref ??
    `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${trailer} >>\n`;
  parts.push(Buffer.from(`${table.replaceAll('HERE', String(at))}startxref\n${at}\n%%EOF\n`, 'latin1'));
  return Buffer.concat(parts);
}

/** A PDF of one page, 3 being the page and 4 its content; further objects start at 5. */
export function onePage(
  content: PdfObject | string,
  more: readonly PdfObject[] = [],
  dicts: { page?: string; root?: string } = {},
): Buffer {
  const stream = typeof content === 'string' ? { dict: '', data: content } : content;
  return pdfFile([
    `<< /Type /Catalog /Pages 2 0 R ${dicts.root ?? ''} >>`,
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 420] /Contents 4 0 R ${dicts.page ?? ''} >>`,
    stream,
    ...more,
  ]);
}

function bodyOf(object: PdfObject): Buffer {
  if (typeof object === 'string') return Buffer.from(object, 'latin1');
  const data = Buffer.from(object.data as string, 'latin1');
  return Buffer.concat([Buffer.from(`<< /Length ${data.length} ${object.dict} >>\nstream\n`, 'latin1'), data, Buffer.from('\nendstream')]);
}
