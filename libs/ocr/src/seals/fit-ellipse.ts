import type { Ellipse, Point } from '../page';

/**
 * The ellipse that lies closest to points in the sense of least squares: A x² + B xy + C y² + D x + E y = 1 about `near`, whose size is
 * the unit. `undefined` for points that lie on none.
 */
export function fitEllipse(points: readonly Point[], near: Ellipse): Ellipse | undefined {
  const unit = near.semiMajor;
  // The normal equations, their right-hand side in the last column.
  const equations = Array.from({ length: 5 }, () => [0, 0, 0, 0, 0, 0]);
  for (const [px, py] of points) {
    const [x, y] = [(px - near.centre[0]) / unit, (py - near.centre[1]) / unit];
    const terms = [x * x, x * y, y * y, x, y, 1];
    equations.forEach((row, i) => terms.forEach((term, j) => (row[j] = (row[j] as number) + (terms[i] as number) * term)));
  }
  const conic = solve(equations);
  const ellipse = conic && ellipseOf(conic as [number, number, number, number, number]);
  if (!ellipse) return undefined;
  const [x, y] = ellipse.centre;
  return {
    centre: [near.centre[0] + x * unit, near.centre[1] + y * unit],
    semiMajor: ellipse.semiMajor * unit,
    semiMinor: ellipse.semiMinor * unit,
    angle: ellipse.angle,
  };
}

/** Gauss's elimination, largest pivot first; the last column is the right-hand side. */
function solve(rows: number[][]): number[] | undefined {
  const size = rows.length;
  for (let column = 0; column < size; column++) {
    const pivot = rows.slice(column).reduce((a, b) => (Math.abs(b[column] as number) > Math.abs(a[column] as number) ? b : a));
    if (Math.abs(pivot[column] as number) < 1e-9) return undefined;
    rows.splice(rows.indexOf(pivot), 1);
    rows.splice(column, 0, pivot);
    for (const row of rows) {
      if (row === pivot) continue;
      const factor = (row[column] as number) / (pivot[column] as number);
      for (let i = column; i <= size; i++) row[i] = (row[i] as number) - factor * (pivot[i] as number);
    }
  }
  return rows.map((row, index) => (row[size] as number) / (row[index] as number));
}

function ellipseOf([a, b, c, d, e]: [number, number, number, number, number]): Ellipse | undefined {
  const bend = 4 * a * c - b * b;
  if (bend <= 0) return undefined;
  const [x, y] = [(b * e - 2 * c * d) / bend, (b * d - 2 * a * e) / bend];
  const level = 1 - (d * x + e * y) / 2;
  const spread = Math.hypot(a - c, b);
  const [flat, steep] = [(a + c - spread) / 2 / level, (a + c + spread) / 2 / level];
  if (!(flat > 0)) return undefined;
  return { centre: [x, y], semiMajor: 1 / Math.sqrt(flat), semiMinor: 1 / Math.sqrt(steep), angle: Math.atan2(-b, c - a) / 2 };
}
