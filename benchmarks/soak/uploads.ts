import { DAMAGES, renderBill, SAMPLE_KINDS, sampleBill } from '@app/samples';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SoakReceipt } from './timed-api';

const IMAGE = /\.(png|jpe?g|tiff?|bmp|webp)$/iu;

/** Every image of a folder. */
export async function receiptsOf(folder: string): Promise<SoakReceipt[]> {
  const names = (await readdir(folder)).filter((name) => IMAGE.test(name)).sort();
  if (names.length === 0) throw new Error(`${folder} has no images`);
  return Promise.all(names.map(async (fileName) => ({ fileName, bytes: new Uint8Array(await readFile(join(folder, fileName))) })));
}

/** A bill of every kind with every damage, always the same ones for a day. */
export async function madeUpReceipts(day: string): Promise<SoakReceipt[]> {
  const receipts: SoakReceipt[] = [];
  for (const kind of SAMPLE_KINDS) {
    for (const damage of DAMAGES) {
      const seed = receipts.length + 1;
      const { image, mediaType } = await renderBill(sampleBill(seed, { kind, today: day }), { seed, damage });
      receipts.push({ fileName: `${kind}-${damage}.${mediaType.slice('image/'.length)}`, bytes: new Uint8Array(image) });
    }
  }
  return receipts;
}

/** A bill of few pixels, as clerks send them on from a chat. */
export async function smallReceipt(day: string): Promise<SoakReceipt> {
  const { image } = await renderBill(sampleBill(99, { kind: 'non-tax', today: day }), { seed: 99, damage: 'low-resolution' });
  return { fileName: 'small.jpg', bytes: new Uint8Array(image) };
}
