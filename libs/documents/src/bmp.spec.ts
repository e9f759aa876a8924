import { openDocument } from './open-document';
import { probeDocument } from './probe-document';

/** A bitmap of these rows, given from the bottom up as hexadecimal bytes already padded to four. */
function bitmap(
  width: number,
  height: number,
  bits: number,
  rows: string[],
  options: { palette?: string; compression?: number } = {},
): Buffer {
  const palette = Buffer.from(options.palette ?? '', 'hex');
  const data = Buffer.from(rows.join(''), 'hex');
  const header = Buffer.alloc(54);
  header.write('BM', 'latin1');
  header.writeUInt32LE(54 + palette.length + data.length, 2);
  header.writeUInt32LE(54 + palette.length, 10);
  header.writeUInt32LE(40, 14);
  header.writeInt32LE(width, 18);
  header.writeInt32LE(height, 22);
  header.writeUInt16LE(1, 26);
  header.writeUInt16LE(bits, 28);
  header.writeUInt32LE(options.compression ?? 0, 30);
  return Buffer.concat([header, palette, data]);
}

const RED_THEN_BLUE = [255, 0, 0, 0, 0, 255];
const pixels = async (bytes: Buffer) => [...(await (await openDocument(bytes)).picture(1))!.rgb];

describe('bitmaps', () => {
  it.each([
    ['24 bits', bitmap(2, 1, 24, ['0000ff' + 'ff0000' + '0000'])],
    ['32 bits', bitmap(2, 1, 32, ['0000ff00' + 'ff000000'])],
    ['8 bits with a palette', bitmap(2, 1, 8, ['01000000'], { palette: 'ff000000' + '0000ff00' })],
    ['4 bits with a palette', bitmap(2, 1, 4, ['10000000'], { palette: 'ff000000' + '0000ff00' })],
    ['1 bit with a palette', bitmap(2, 1, 1, ['80000000'], { palette: 'ff000000' + '0000ff00' })],
    [
      '32 bits with the usual masks',
      bitmap(2, 1, 32, ['0000ff00' + 'ff000000'], { compression: 3, palette: '0000ff00' + '00ff0000' + 'ff000000' }),
    ],
  ])('of %s are decoded', async (_, bytes) => expect(await pixels(bytes)).toEqual(RED_THEN_BLUE));

  it('are stored from the bottom up, or from the top down', async () => {
    const rows = ['ff000000', '0000ff00'];
    expect(await pixels(bitmap(1, 2, 24, rows))).toEqual(RED_THEN_BLUE);
    expect(await pixels(bitmap(1, -2, 24, [...rows].reverse()))).toEqual(RED_THEN_BLUE);
  });

  it('that were cut off, claim too much, or are packed in a way nobody uses are refused', async () => {
    const whole = bitmap(2, 1, 24, ['0000ff' + 'ff0000' + '0000']);
    await expect(probeDocument(whole)).resolves.toEqual({ mediaType: 'image/bmp', width: 2, height: 1, pages: 1 });
    await expect(probeDocument(whole.subarray(0, -1))).rejects.toMatchObject({ code: 'damaged' });
    await expect(probeDocument(whole.subarray(0, 30))).rejects.toMatchObject({ code: 'damaged' });
    await expect(probeDocument(bitmap(100_000, 100_000, 24, []))).rejects.toMatchObject({ code: 'too-many-pixels' });
    await expect(probeDocument(bitmap(2, 1, 8, ['01000000'], { compression: 1 }))).rejects.toMatchObject({ code: 'unsupported-type' });
    await expect(probeDocument(bitmap(2, 1, 16, ['00000000']))).rejects.toMatchObject({ code: 'unsupported-type' });
  });
});
