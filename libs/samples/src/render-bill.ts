import type { FieldName, Quad } from '@app/contracts';
import type { SampleBill } from './bill/sample-bill';
import { damage, mapBox, type Damage, type Damaged } from './damage/damage';
import { rasterise } from './damage/pixels';
import { billPage } from './drawing/bill-page';
import type { QrForm } from './drawing/qr-text';
import { taxInvoicePage } from './drawing/tax-invoice-page';

/** Media types a sample can be written as. */
export type SampleMediaType = 'image/png' | 'image/jpeg';

/** How a page is pictured. */
export interface RenderOptions {
  /** Decides ink, side of the code, turn of the seal and the damage's chance. */
  seed?: number;
  damage?: Damage;
  /** Of the clean page, in pixels; 1654 is an A5 sheet on its side at 200 dpi. */
  width?: number;
  mediaType?: SampleMediaType;
  qr?: QrForm;
}

/** A pictured bill with all that a reader may be asked about it. */
export interface RenderedBill {
  image: Buffer;
  mediaType: SampleMediaType;
  truth: { bill: SampleBill; qrText: string | null; width: number; height: number; quads: Partial<Record<FieldName, Quad>> };
}

const DEFAULT_WIDTH = 1654;

/** Draws a made-up bill and damages it as asked; the same bill and options give the same bytes. */
export async function renderBill(bill: SampleBill, options: RenderOptions = {}): Promise<RenderedBill> {
  const { seed = 1, width = DEFAULT_WIDTH } = options;
  const page = billPage(bill, { seed, qr: options.qr ?? 'comma' });
  const damaged = damage(await rasterise(page.sheet.svg(width)), options.damage ?? 'clean', seed);
  const scale = width / page.sheet.width;
  const quads: Partial<Record<FieldName, Quad>> = {};
  for (const [field, box] of Object.entries(page.boxes)) quads[field as FieldName] = mapBox(damaged.mapping, box, scale);
  const truth = { bill, qrText: page.qrText, width: damaged.width, height: damaged.height, quads };
  return { ...(await encode(damaged, options)), truth };
}

/** Draws a made-up VAT invoice, which is not a fiscal bill and must be refused. */
export async function renderTaxInvoice(today: string, options: RenderOptions = {}): Promise<{ image: Buffer; mediaType: SampleMediaType }> {
  const { seed = 1, width = DEFAULT_WIDTH } = options;
  const page = await rasterise(taxInvoicePage(seed, today).svg(width));
  return encode(damage(page, options.damage ?? 'clean', seed), options);
}

async function encode({ image, quality }: Damaged, options: RenderOptions): Promise<{ image: Buffer; mediaType: SampleMediaType }> {
  const mediaType = options.mediaType ?? (options.damage === undefined || options.damage === 'clean' ? 'image/png' : 'image/jpeg');
  const encoded = mediaType === 'image/png' ? image.png({ compressionLevel: 6 }) : image.jpeg({ quality, chromaSubsampling: '4:2:0' });
  return { image: await encoded.toBuffer(), mediaType };
}
