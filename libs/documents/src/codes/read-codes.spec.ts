import type { PageImage } from '../page-image';
import type { Plane } from './plane';
import type { DecodedPlane } from './qr-decoder';
import { readCodes } from './read-codes';

const NOTHING: DecodedPlane = { codes: [], undecoded: [] };

function blank(width: number, height: number, colour = [255, 255, 255]): PageImage {
  return { width, height, rgb: Buffer.alloc(3 * width * height, Uint8Array.from(colour)) };
}

const square = (left: number, top: number, side: number) => [
  [left, top],
  [left + side, top],
  [left + side, top + side],
  [left, top + side],
];

/** Plays the decoder: answers the planes in turn, and keeps what it was shown. */
function decoderGiving(...answers: DecodedPlane[]) {
  const planes: Plane[] = [];
  return { planes, decode: (plane: Plane) => Promise.resolve(answers[planes.push(plane) - 1] ?? NOTHING) };
}

describe('readCodes', () => {
  it('is content with the first look where that gives codes', async () => {
    const { planes, decode } = decoderGiving({ codes: [{ text: 'a', quad: square(10, 10, 40) }], undecoded: [] });
    expect(await readCodes(blank(200, 100), decode)).toEqual([{ format: 'QRCode', text: 'a', quad: square(10, 10, 40) }]);
    expect(planes).toHaveLength(1);
  });

  it('looks in green, then in red, at a page that shows nothing', async () => {
    const { planes, decode } = decoderGiving();
    expect(await readCodes(blank(200, 100, [10, 20, 30]), decode)).toEqual([]);
    expect(planes.map(({ width, height, values }) => [width, height, values[0]])).toEqual([
      [200, 100, 20],
      [200, 100, 10],
    ]);
  });

  it('looks again where a code is seen and not decoded, and gives its place on the page', async () => {
    const { planes, decode } = decoderGiving(
      { codes: [{ text: 'a', quad: square(10, 10, 40) }], undecoded: [square(100, 50, 60)] },
      NOTHING,
      { codes: [{ text: 'b', quad: square(21, 22, 58) }], undecoded: [] },
    );
    const codes = await readCodes(blank(300, 200), decode);
    expect(planes.slice(1).map(({ width, height }) => [width, height])).toEqual([
      [102, 102],
      [102, 102],
    ]);
    expect(codes.map(({ text }) => text)).toEqual(['a', 'b']);
    expect(codes[1]?.quad).toEqual(square(100, 51, 58));
  });

  it('gives a code once that two regions show, and twice one that stands in two places', async () => {
    const seen = { codes: [{ text: 'a', quad: square(21, 21, 58) }], undecoded: [] };
    const once = decoderGiving({ codes: [], undecoded: [square(100, 50, 60), square(102, 50, 60)] }, seen, seen);
    expect(await readCodes(blank(400, 200), once.decode)).toHaveLength(1);
    const twice = decoderGiving({ codes: [], undecoded: [square(100, 50, 60), square(250, 50, 60)] }, seen, seen);
    expect(await readCodes(blank(400, 200), twice.decode)).toHaveLength(2);
  });

  it('bounds what it looks at again, and does not believe corners that are no code', async () => {
    const nonsense = [square(NaN, 0, 50), square(50, 50, 3), square(5000, 5000, 60)];
    const many = Array.from({ length: 40 }, (_, i) => square(10 * i, 20, 60));
    const { planes, decode } = decoderGiving({ codes: [], undecoded: [...nonsense, ...many] });
    await readCodes(blank(600, 100), decode);
    // Four regions in two ways, and the page in two.
    expect(planes).toHaveLength(10);
  });

  it('reduces pages that are too large, and gives places in pixels of the page', async () => {
    const { planes, decode } = decoderGiving(NOTHING, { codes: [{ text: 'a', quad: square(100, 100, 200) }], undecoded: [] });
    const [code] = await readCodes(blank(6000, 3000), decode);
    const pixels = planes.map(({ width, height }) => width * height);
    expect(pixels[0]).toBeLessThanOrEqual(13_100_000);
    expect(pixels[1]).toBeLessThanOrEqual(3_600_000);
    const scale = Math.sqrt(3_600_000 / 18_000_000);
    expect(code?.quad[2]).toEqual([Math.round(300 / scale), Math.round(300 / scale)]);
  });

  it('passes on what the decoder throws: it never becomes a page without codes', async () => {
    await expect(readCodes(blank(200, 100), () => Promise.reject(new TypeError('lost')))).rejects.toThrow('lost');
  });
});
