import { readFileSync } from 'node:fs';
import PDFDocument from 'pdfkit';
import sharp from 'sharp';
import type { SampleBill } from '../bill/sample-bill';
import { billPage } from '../drawing/bill-page';
import type { QrForm } from '../drawing/qr-text';
import type { Piece, Sheet } from '../drawing/sheet';
import { fontFile, type FaceName } from '../drawing/typeface';
import { renderBill, type RenderOptions } from '../render-bill';
import { billXml } from '../xml/bill-xml';
import { unwrapFont } from './unwrap-font';

/** How bills are put into a PDF. */
export interface BillPdfOptions {
  /** `text`: set in fonts that the file holds, with pictures of seals and code; `scan`: one picture a page. */
  form?: 'text' | 'scan';
  seed?: number;
  qr?: QrForm;
  /** Of the pictures of a `scan`. */
  damage?: RenderOptions['damage'];
  /** Attached files; their names say nothing about what is in them. */
  attachments?: readonly { name: string; content: string | Buffer }[];
  /** Attaches the bills' XML. */
  hasXml?: boolean;
  /** What the file says of itself: entries of its information dictionary, such as `Author`, and an XMP packet. */
  info?: Readonly<Record<string, string>>;
  xmp?: string;
  /** Set below each bill of the form `text`, outside of its fields. */
  footnote?: string;
  /** Needed to open the file. */
  userPassword?: string;
  /** Needed to change it. */
  ownerPassword?: string;
}

const FACES: readonly FaceName[] = ['serif', 'sans'];

/** Points across a page: A5 on its side. */
const PAGE_WIDTH = 595;

/** Pixels for each unit of the sheet in pictures of seals and codes. */
const PICTURE_SCALE = 2;

/** Made-up bills as a PDF, one a page. The same bills and options look the same. */
export async function billPdf(bills: readonly SampleBill[], options: BillPdfOptions = {}): Promise<Buffer> {
  const { seed = 1, qr = 'comma', form = 'text', userPassword, ownerPassword } = options;
  const document = new PDFDocument({
    autoFirstPage: false,
    pdfVersion: '1.7',
    userPassword,
    ownerPassword,
    info: { ...options.info, CreationDate: new Date(0) },
  });
  const written = collect(document);
  for (const name of FACES) document.registerFont(name, unwrapFont(readFileSync(fontFile(name))));
  for (const bill of bills) {
    if (form === 'scan') await addScan(document, bill, { seed, qr, damage: options.damage });
    else await addSheet(document, billPage(bill, { seed, qr }).sheet, options.footnote);
  }
  if (options.xmp !== undefined) addXmp(document, options.xmp);
  const xml = options.hasXml ? bills.map((bill, index) => ({ name: `data-${index + 1}.xml`, content: billXml(bill) })) : [];
  for (const { name, content } of [...xml, ...(options.attachments ?? [])]) {
    document.file(Buffer.from(content), { name, creationDate: new Date(0), modifiedDate: new Date(0) });
  }
  document.end();
  return written;
}

function collect(document: PDFKit.PDFDocument): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    document.on('data', (part: Buffer) => parts.push(part));
    document.on('end', () => resolve(Buffer.concat(parts)));
    document.on('error', reject);
  });
}

async function addScan(document: PDFKit.PDFDocument, bill: SampleBill, options: RenderOptions): Promise<void> {
  const { image, truth } = await renderBill(bill, { ...options, mediaType: 'image/jpeg' });
  const size: [number, number] = [PAGE_WIDTH, (PAGE_WIDTH * truth.height) / truth.width];
  document.addPage({ size, margin: 0 }).image(image, 0, 0, { width: size[0], height: size[1] });
}

/** As pdfkit does for PDF/A alone. */
function addXmp(document: PDFKit.PDFDocument, packet: string): void {
  const metadata = document.ref({ Type: 'Metadata', Subtype: 'XML' });
  metadata.end(Buffer.from(packet));
  (document as unknown as { _root: { data: Record<string, unknown> } })._root.data['Metadata'] = metadata;
}

async function addSheet(document: PDFKit.PDFDocument, sheet: Sheet, footnote?: string): Promise<void> {
  const scale = PAGE_WIDTH / sheet.width;
  document.addPage({ size: [PAGE_WIDTH, sheet.height * scale], margin: 0 }).scale(scale);
  // A seal is stamped on what is printed.
  const order = { stroke: 0, text: 1, markup: 2 };
  const pieces = [...sheet.pieces].sort((a, b) => order[a.kind] - order[b.kind]);
  for (const piece of pieces) await addPiece(document, piece, sheet);
  if (footnote !== undefined)
    document
      .font('sans')
      .fontSize(14)
      .fillColor('#888')
      .text(footnote, 60, sheet.height - 20, { lineBreak: false });
}

async function addPiece(document: PDFKit.PDFDocument, piece: Piece, sheet: Sheet): Promise<void> {
  switch (piece.kind) {
    case 'stroke':
      document
        .moveTo(...piece.from)
        .lineTo(...piece.to)
        .lineWidth(piece.width)
        .stroke(piece.colour);
      return;
    case 'text':
      addText(document, piece);
      return;
    case 'markup': {
      const { data, left, top, width, height } = await pictureOf(piece.markup, sheet);
      document.image(data, left, top, { width, height });
    }
  }
}

function addText(document: PDFKit.PDFDocument, { value, x, y, style, squeeze }: Extract<Piece, { kind: 'text' }>): void {
  document
    .font(style.face)
    .fontSize(style.size)
    .fillColor(style.colour)
    .text(value, x, y, {
      baseline: 'alphabetic',
      lineBreak: false,
      characterSpacing: style.spacing ?? 0,
      ...(squeeze < 1 ? { horizontalScaling: squeeze * 100 } : {}),
    });
}

/** Markup as a picture without paper, cut to what is drawn, with its place in units of the sheet. */
async function pictureOf(
  markup: string,
  { width, height }: Sheet,
): Promise<{ data: Buffer; left: number; top: number; width: number; height: number }> {
  const size = `width="${width * PICTURE_SCALE}" height="${height * PICTURE_SCALE}" viewBox="0 0 ${width} ${height}"`;
  const drawn = sharp(Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" ${size}>${markup}</svg>`));
  const { data, info } = await drawn.trim({ background: '#0000', threshold: 0 }).png().toBuffer({ resolveWithObject: true });
  return {
    data,
    left: -(info.trimOffsetLeft ?? 0) / PICTURE_SCALE,
    top: -(info.trimOffsetTop ?? 0) / PICTURE_SCALE,
    width: info.width / PICTURE_SCALE,
    height: info.height / PICTURE_SCALE,
  };
}
