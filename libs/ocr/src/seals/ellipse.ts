import type { Ellipse, Point } from '../page';

/** The point of an ellipse at `turn`, and the unit vector that points outwards there. */
export function onEllipse({ centre, semiMajor, semiMinor, angle }: Ellipse, turn: number): { point: Point; outward: Point } {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const [c, s] = [Math.cos(turn), Math.sin(turn)];
  const [normalU, normalV] = [c / semiMajor, s / semiMinor];
  const length = Math.hypot(normalU, normalV);
  return {
    point: [centre[0] + semiMajor * c * cos - semiMinor * s * sin, centre[1] + semiMajor * c * sin + semiMinor * s * cos],
    outward: [(normalU * cos - normalV * sin) / length, (normalU * sin + normalV * cos) / length],
  };
}

/** The same ellipse where a unit is `factor` times as long and `shift` to the right and down. */
export function scaleEllipse({ centre, semiMajor, semiMinor, angle }: Ellipse, factor: number, shift = 0): Ellipse {
  const [x, y] = centre;
  return { centre: [x * factor + shift, y * factor + shift], semiMajor: semiMajor * factor, semiMinor: semiMinor * factor, angle };
}

/** Half the width and half the height of the upright box around an ellipse. */
export function halfExtents({ semiMajor, semiMinor, angle }: Ellipse): [number, number] {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return [Math.hypot(semiMajor * cos, semiMinor * sin), Math.hypot(semiMajor * sin, semiMinor * cos)];
}
