import type { Ellipse, Point } from '../page';
import { onEllipse, scaleEllipse } from './ellipse';
import { fitEllipse } from './fit-ellipse';

const DRAWN: Ellipse = { centre: [310, 120], semiMajor: 46, semiMinor: 29, angle: 0.3 };
const NEAR: Ellipse = { centre: [304, 124], semiMajor: 40, semiMinor: 33, angle: 0 };

const pointsOf = (ellipse: Ellipse, from = 0, to = 2 * Math.PI) =>
  Array.from({ length: 60 }, (_, index) => onEllipse(ellipse, from + (index * (to - from)) / 60).point);

function expectSame(fitted: Ellipse | undefined, { centre, semiMajor, semiMinor, angle }: Ellipse, digits: number): void {
  expect(fitted!.centre[0]).toBeCloseTo(centre[0], digits);
  expect(fitted!.centre[1]).toBeCloseTo(centre[1], digits);
  expect(fitted!.semiMajor).toBeCloseTo(semiMajor, digits);
  expect(fitted!.semiMinor).toBeCloseTo(semiMinor, digits);
  expect(Math.sin(fitted!.angle - angle)).toBeCloseTo(0, digits);
}

describe('fitEllipse', () => {
  it('finds an ellipse again from its points, whatever it was thought to be', () => {
    expectSame(fitEllipse(pointsOf(DRAWN), NEAR), DRAWN, 5);
  });

  it('finds it from half of its outline, and from points that are off by half a cell', () => {
    expectSame(fitEllipse(pointsOf(DRAWN, 0.5, 0.5 + Math.PI), NEAR), DRAWN, 3);
    const rounded = pointsOf(DRAWN).map(([x, y]): Point => [Math.round(x), Math.round(y)]);
    expectSame(fitEllipse(rounded, NEAR), DRAWN, 0);
  });

  it('finds none in points along a line or too few of them', () => {
    expect(fitEllipse([], NEAR)).toBeUndefined();
    expect(
      fitEllipse(
        Array.from({ length: 20 }, (_, x): Point => [x, 120]),
        NEAR,
      ),
    ).toBeUndefined();
    const hyperbola = Array.from({ length: 40 }, (_, index): Point => [
      310 + 46 * Math.cosh(index / 20 - 1),
      120 + 29 * Math.sinh(index / 20 - 1),
    ]);
    expect(fitEllipse(hyperbola, NEAR)).toBeUndefined();
  });
});

describe('an ellipse', () => {
  it('has normals that point outwards and across its outline', () => {
    for (let turn = 0; turn < 6; turn += 0.7) {
      const { point, outward } = onEllipse(DRAWN, turn);
      const ahead = onEllipse(DRAWN, turn + 0.001).point;
      expect(Math.hypot(...outward)).toBeCloseTo(1, 6);
      expect(outward[0] * (ahead[0] - point[0]) + outward[1] * (ahead[1] - point[1])).toBeCloseTo(0, 3);
      expect(outward[0] * (point[0] - DRAWN.centre[0]) + outward[1] * (point[1] - DRAWN.centre[1])).toBeGreaterThan(0);
    }
  });

  it('keeps its shape on a larger page', () => {
    expect(scaleEllipse(DRAWN, 2, 0.5)).toEqual({ centre: [620.5, 240.5], semiMajor: 92, semiMinor: 58, angle: 0.3 });
  });
});
