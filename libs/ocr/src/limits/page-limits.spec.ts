import { checkPage, DEFAULT_PAGE_LIMITS, pageLimits } from './page-limits';

const page = (width: number, height: number, bytes = width * height * 3) => ({ width, height, rgb: new Uint8Array(bytes) });

describe('checkPage', () => {
  it('takes a page up to the limit', () => {
    expect(() => checkPage(page(10, 10), 100)).not.toThrow();
    expect(() => checkPage(page(1, 1), 100)).not.toThrow();
  });

  it.each([
    [0, 10],
    [10, 0],
    [-4, 10],
    [10.5, 10],
    [Number.NaN, 10],
    [10, Number.POSITIVE_INFINITY],
    ['10' as unknown as number, 10],
  ])('refuses sides of %p x %p', (width, height) => {
    expect(() => checkPage({ width, height, rgb: new Uint8Array(300) }, 1000)).toThrow(
      expect.objectContaining({ name: 'OcrPageError', problem: 'sides' }) as Error,
    );
  });

  it('refuses a page of too many pixels, whatever its buffer says', () => {
    const problem = expect.objectContaining({ name: 'OcrPageError', problem: 'too-many-pixels' }) as Error;
    expect(() => checkPage(page(11, 10), 109)).toThrow(problem);
    expect(() => checkPage(page(1_000_000_000, 1_000_000_000, 0), DEFAULT_PAGE_LIMITS.maxPixels)).toThrow(problem);
  });

  it.each([299, 301, 0, 400])('refuses %d bytes for 10 x 10 pixels', (bytes) => {
    expect(() => checkPage(page(10, 10, bytes), 1000)).toThrow(`needs 300 bytes of RGB, not ${bytes}`);
  });

  it.each([[new Float32Array(300)], [new Uint16Array(300)], [new Uint8ClampedArray(300)], [Array(300).fill(0)], [undefined]])(
    'refuses pixels that are not bytes',
    (rgb) => {
      const wrong = { width: 10, height: 10, rgb: rgb as unknown as Uint8Array };
      expect(() => checkPage(wrong, 1000)).toThrow(expect.objectContaining({ problem: 'buffer' }) as Error);
    },
  );
});

describe('pageLimits', () => {
  it('fills in what is not said', () => {
    expect(pageLimits({})).toEqual(DEFAULT_PAGE_LIMITS);
    expect(pageLimits({ maxPixels: 5 })).toEqual({ ...DEFAULT_PAGE_LIMITS, maxPixels: 5 });
    expect(pageLimits({ deadlineMs: undefined })).toEqual(DEFAULT_PAGE_LIMITS);
  });

  it.each([{ maxPixels: 0 }, { maxPixels: Number.NaN }, { deadlineMs: -1 }, { deadlineMs: 2 ** 31 }, { deadlineMs: Infinity }])(
    'refuses %p',
    (limits) => {
      expect(() => pageLimits(limits)).toThrow(RangeError);
    },
  );
});
