import * as fc from 'fast-check';
import type { Point } from '../page';
import { boundingRectangle, convexHull, cornersOf, minAreaRectangle, unclip } from './rectangle';

const degrees = (angle: number) => (angle * Math.PI) / 180;

function rotated(width: number, height: number, angle: number): Point[] {
  return cornersOf({ x: 200, y: 150, directionX: Math.cos(angle), directionY: Math.sin(angle), width, height });
}

describe('convexHull', () => {
  it('keeps corners and drops inner and collinear points', () => {
    const hull = convexHull([0, 0, 2, 0, 4, 0, 4, 4, 0, 4, 2, 2, 0, 2]);
    expect(hull).toHaveLength(4);
    expect(new Set(hull.map(String))).toEqual(new Set(['0,0', '4,0', '4,4', '0,4']));
  });

  it('gives a single point and a line as they are', () => {
    expect(new Set(convexHull([3, 3]).map(String))).toEqual(new Set(['3,3']));
    expect(new Set(convexHull([0, 0, 5, 5, 2, 2]).map(String))).toEqual(new Set(['0,0', '5,5']));
  });
});

describe('minAreaRectangle', () => {
  it('runs over pixel centres: five pixels have width 4', () => {
    expect(minAreaRectangle(convexHull([0, 0, 4, 0, 0, 2, 4, 2]))).toMatchObject({ x: 2, y: 1, width: 4, height: 2 });
  });

  it('finds any rectangle again, with its width along the text', () => {
    const sides = fc.integer({ min: 40, max: 300 });
    fc.assert(
      fc.property(sides, fc.integer({ min: 5, max: 35 }), fc.integer({ min: -44, max: 44 }), (width, height, angle) => {
        const found = minAreaRectangle(convexHull(rotated(width, height, degrees(angle)).flat()));
        expect(found.width).toBeCloseTo(width, 3);
        expect(found.height).toBeCloseTo(height, 3);
        expect(Math.atan2(found.directionY, found.directionX)).toBeCloseTo(degrees(angle), 5);
      }),
      { seed: 7 },
    );
  });

  it('keeps the corners clockwise from the top left', () => {
    const expected = rotated(100, 20, degrees(10));
    const found = cornersOf(minAreaRectangle(convexHull(expected.flat())));
    found.forEach(([x, y], index) => {
      expect(x).toBeCloseTo(expected[index]![0], 4);
      expect(y).toBeCloseTo(expected[index]![1], 4);
    });
  });

  it('has a rectangle without area for a single pixel', () => {
    expect(minAreaRectangle(convexHull([7, 9]))).toMatchObject({ x: 7, y: 9, width: 0, height: 0 });
  });
});

describe('boundingRectangle', () => {
  it('holds the hull at the angle it is given', () => {
    const square = rotated(10, 10, 0);
    const bounds = boundingRectangle(square, degrees(45));
    expect(bounds.width).toBeCloseTo(Math.SQRT2 * 10, 6);
    expect(bounds.height).toBeCloseTo(Math.SQRT2 * 10, 6);
  });
});

describe('unclip', () => {
  it('grows every side by area times ratio over perimeter', () => {
    const grown = unclip(boundingRectangle(rotated(100, 20, 0), 0), 1.5);
    const growth = (100 * 20 * 1.5) / (2 * (100 + 20));
    expect(grown.width).toBeCloseTo(100 + 2 * growth, 6);
    expect(grown.height).toBeCloseTo(20 + 2 * growth, 6);
    expect([grown.x, grown.y]).toEqual([200, 150]);
  });

  it('leaves a rectangle without sides alone', () => {
    expect(unclip(minAreaRectangle([[1, 1]]), 1.5)).toMatchObject({ width: 0, height: 0 });
  });
});
