import { isTooSmall, tooSmallPage, whyEmpty } from './blank-page';

const plain = (width: number, height: number, colour: readonly [number, number, number]) => ({
  width,
  height,
  rgb: Uint8Array.from({ length: width * height * 3 }, (_, index) => colour[index % 3]!),
});

describe('an empty page', () => {
  it.each([
    [255, 255, 255],
    [0, 0, 0],
    [200, 10, 77],
  ] as const)('knows a page of one colour (%d, %d, %d)', (...colour) => {
    expect(whyEmpty(plain(20, 10, colour))).toBe('one-colour');
  });

  it.each([0, 299, 300, 599])('sees a single byte that differs, at %d', (at) => {
    const page = plain(20, 10, [255, 255, 255]);
    page.rgb[at] = 254;
    expect(whyEmpty(page)).toBe('no-text');
  });

  it.each([
    [1, 1],
    [5000, 1],
    [1, 5000],
    [4, 900],
  ])('knows that nothing legible fits into %d x %d pixels', (width, height) => {
    const page = plain(width, height, [9, 9, 9]);
    expect(isTooSmall(page)).toBe(true);
    expect(tooSmallPage(page)).toMatchObject({ width, height, lines: [], emptyBecause: 'too-small' });
  });

  it('looks at a page of five pixels', () => {
    expect(isTooSmall(plain(5, 5, [9, 9, 9]))).toBe(false);
  });
});
