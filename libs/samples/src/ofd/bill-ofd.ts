import sharp from 'sharp';
import type { SampleBill } from '../bill/sample-bill';
import { billPage } from '../drawing/bill-page';
import type { QrForm } from '../drawing/qr-text';
import { number } from '../drawing/sheet';
import { billXml } from '../xml/bill-xml';
import { ofdFile, type OfdParts } from './ofd-file';
import { OfdSheet } from './ofd-sheet';

/** How a bill is written as OFD. */
export interface BillOfdOptions {
  /** Decides ink, side of the code and turn of the seal. */
  seed?: number;
  qr?: QrForm;
  /** The e-bill XML that is attached: of the bill itself, of another one, or none. */
  attached?: SampleBill | null;
  /** Changes the parts before they are packed. */
  change?: (parts: OfdParts) => OfdParts;
}

/** Units of the sheet across, which are the 210 mm of A4. */
const SHEET_WIDTH = 1400;
const MM_PER_UNIT = 210 / SHEET_WIDTH;

/** Writes a made-up bill as an OFD file of one page: text as text, code and seals as pictures. */
export async function billOfd(bill: SampleBill, options: BillOfdOptions = {}): Promise<Buffer> {
  const { seed = 1, qr = 'comma', attached = null, change = (parts: OfdParts) => parts } = options;
  const sheet = new OfdSheet(SHEET_WIDTH, 1600, MM_PER_UNIT);
  const { height } = billPage(bill, { seed, qr, sheet }).sheet;
  const images: Record<string, { bytes: Buffer; ending: string }> = {};
  const placed: string[] = [];
  for (const markup of sheet.pictures) {
    const id = String(100 + placed.length);
    const { bytes, boundary } = await picture(markup, height);
    images[id] = { bytes, ending: 'png' };
    placed.push(imageObject(id, boundary));
  }
  return ofdFile(
    change({
      height: height * MM_PER_UNIT,
      pages: [sheet.objects.join('\n') + placed.join('\n')],
      images,
      ...(attached ? { attachments: { 'einvoice.xml': billXml(attached) } } : {}),
    }),
  );
}

/** The markup as pixels, cut to what it draws, and where that is in millimetres. */
async function picture(markup: string, height: number): Promise<{ bytes: Buffer; boundary: number[] }> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${SHEET_WIDTH}" height="${height}">${markup}</svg>`;
  const { data, info } = await sharp(Buffer.from(svg))
    .trim({ background: { r: 0, g: 0, b: 0, alpha: 0 }, threshold: 0 })
    .png()
    .toBuffer({ resolveWithObject: true });
  const place = [-(info.trimOffsetLeft ?? 0), -(info.trimOffsetTop ?? 0), info.width, info.height];
  return { bytes: data, boundary: place.map((length) => length * MM_PER_UNIT) };
}

function imageObject(id: string, boundary: readonly number[]): string {
  const [, , width = 0, height = 0] = boundary;
  const place = boundary.map(number).join(' ');
  return `<ofd:ImageObject ID="1" Boundary="${place}" CTM="${number(width)} 0 0 ${number(height)} 0 0" ResourceID="${id}"/>`;
}
