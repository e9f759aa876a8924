import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { compareDocument } from '../compare-document';
import { billReading, expectedDocument, field, readingOf } from '../document.fixture';
import { drawReading } from './draw-reading';

describe('drawReading', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'drawn-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  // A picture on its side: its left half is blue, which is the upper half once it is turned clockwise.
  async function turnedPicture(): Promise<string> {
    const left = { input: { create: { width: 100, height: 120, channels: 3, background: '#00f' } }, left: 0, top: 0 } as const;
    const path = join(folder, 'a.png');
    await writeFile(
      path,
      await sharp({ create: { width: 200, height: 120, channels: 3, background: '#fff' } })
        .composite([left])
        .png()
        .toBuffer(),
    );
    return path;
  }

  it('draws each field where it was read on the page as shown, beside what was read', async () => {
    const expected = expectedDocument({ path: await turnedPicture(), file: 'a.png' });
    const quad = [
      [20, 150],
      [100, 150],
      [100, 180],
      [20, 180],
    ];
    const bill = billReading({ fields: { payer: field('张三\u{2f800}', { quad }) } });
    const reading = { ...readingOf(bill), pages: [{ width: 120, height: 200, turned: 90 as const }] };
    await drawReading({ expected, reading, measure: compareDocument(expected, reading, 1) }, folder);

    const { data, info } = await sharp(join(folder, 'a.png.p1.png')).raw().toBuffer({ resolveWithObject: true });
    const pixel = (x: number, y: number) => [...data.subarray((y * info.width + x) * info.channels).subarray(0, 3)];
    expect(pixel(60, 40)).toEqual([0, 0, 255]);
    expect(pixel(60, 165)).toEqual([255, 255, 255]);
    expect(pixel(60, 180)).not.toEqual([255, 255, 255]);
    expect(info.width).toBeGreaterThan(120);
  });

  it('draws data without a page', async () => {
    const expected = expectedDocument({ file: 'a.xml' });
    const reading = readingOf(billReading());
    await drawReading({ expected, reading, measure: compareDocument(expected, reading, 1) }, folder);
    expect(await readdir(folder)).toEqual(['a.xml.png']);
  });
});
