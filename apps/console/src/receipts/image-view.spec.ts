import type { Quad } from '@app/contracts';
import { bringIntoView, boxAround, fitView, isAligned, panBy, polygonPoints, zoomAt } from './image-view';

const page = { width: 2000, height: 1000 };
const window = { width: 1000, height: 600 };
const limits = { page, window };
const quad: Quad = [
  [100, 200],
  [300, 210],
  [298, 250],
  [98, 240],
];

describe('fitView', () => {
  it('shows the whole page, centred', () => {
    expect(fitView(page, window)).toEqual({ scale: 0.5, x: 0, y: 50 });
  });
});

describe('zoomAt', () => {
  it('keeps what lies under the pointer', () => {
    const before = { scale: 1, x: -300, y: -200 };
    const pointer = { x: 400, y: 100 };
    const after = zoomAt(before, 2, pointer, limits);
    const under = (view: typeof before) => [(pointer.x - view.x) / view.scale, (pointer.y - view.y) / view.scale];
    expect(after.scale).toBe(2);
    expect(under(after)).toEqual(under(before));
  });

  it('ends at the whole page and at four times', () => {
    const fit = fitView(page, window);
    expect(zoomAt(fit, 0.1, { x: 0, y: 0 }, limits)).toEqual(fit);
    expect(zoomAt(fit, 100, { x: 0, y: 0 }, limits).scale).toBe(4);
  });
});

describe('panBy', () => {
  it('leaves no gap at an edge of a page larger than the window', () => {
    expect(panBy({ scale: 1, x: 0, y: 0 }, { x: 50, y: -5000 }, limits)).toEqual({ scale: 1, x: 0, y: -400 });
  });

  it('keeps a page smaller than the window in the middle', () => {
    const fit = fitView(page, window);
    expect(panBy(fit, { x: 0, y: 300 }, limits)).toEqual(fit);
  });
});

describe('bringIntoView', () => {
  it('does not move for a box in sight', () => {
    const view = { scale: 1, x: 0, y: 0 };
    expect(bringIntoView(view, { left: 10, top: 10, width: 100, height: 20 }, limits)).toBe(view);
  });

  it('centres a box out of sight as far as the page reaches', () => {
    expect(bringIntoView({ scale: 1, x: 0, y: 0 }, { left: 1400, top: 300, width: 100, height: 20 }, limits)).toEqual({
      scale: 1,
      x: -950,
      y: -10,
    });
    expect(bringIntoView({ scale: 1, x: 0, y: 0 }, { left: 1900, top: 980, width: 100, height: 20 }, limits)).toEqual({
      scale: 1,
      x: -1000,
      y: -400,
    });
  });
});

describe('boxAround', () => {
  it('bounds a slanted quad', () => {
    expect(boxAround(quad, page)).toEqual({ left: 98, top: 200, width: 202, height: 50 });
  });

  it('grows by a share of the height and stays on the page', () => {
    expect(boxAround(quad, page, 0.2)).toEqual({ left: 88, top: 190, width: 222, height: 70 });
    expect(boxAround(quad, { width: 300, height: 250 }, 5)).toEqual({ left: 0, top: 0, width: 300, height: 250 });
  });
});

describe('polygonPoints', () => {
  it('lists the corners', () => {
    expect(polygonPoints(quad)).toBe('100,200 300,210 298,250 98,240');
  });
});

describe('isAligned', () => {
  it.each([
    ['the same picture', { width: 2000, height: 1000 }, true],
    ['a smaller rendering', { width: 1000, height: 501 }, true],
    ['a picture turned by a quarter', { width: 1000, height: 2000 }, false],
  ])('%s: %p is %s', (_case, image, expected) => {
    expect(isAligned(page, image)).toBe(expected);
  });
});
