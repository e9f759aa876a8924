/** A place in pixels. */
export type Point = readonly [number, number];

/** Four corners, clockwise from the top left. */
export type Corners = readonly [Point, Point, Point, Point];

/** A plane-to-plane mapping: nine numbers, row by row, the last one 1. */
export type Homography = readonly number[];

/** The corners of an upright picture. */
export function cornersOf(width: number, height: number): Corners {
  return [
    [0, 0],
    [width, 0],
    [width, height],
    [0, height],
  ];
}

/** The mapping that takes each corner of `from` to its fellow of `to`. */
export function homography(from: Corners, to: Corners): Homography {
  const rows = from.flatMap(([x, y], index) => {
    const [u, v] = to[index] ?? [0, 0];
    return [
      [x, y, 1, 0, 0, 0, -u * x, -u * y, u],
      [0, 0, 0, x, y, 1, -v * x, -v * y, v],
    ];
  });
  return [...solve(rows), 1];
}

export function apply(mapping: Homography, [x, y]: Point): Point {
  const [a = 1, b = 0, c = 0, d = 0, e = 1, f = 0, g = 0, h = 0] = mapping;
  const depth = g * x + h * y + 1;
  return [(a * x + b * y + c) / depth, (d * x + e * y + f) / depth];
}

/** Gauss with pivoting; each row ends with its right-hand side. */
function solve(rows: number[][]): number[] {
  const size = rows.length;
  const at = (row: number, column: number) => rows[row]?.[column] ?? 0;
  for (let pivot = 0; pivot < size; pivot++) {
    const best = rows.reduce(
      (found, _, row) => (row > pivot && Math.abs(at(row, pivot)) > Math.abs(at(found, pivot)) ? row : found),
      pivot,
    );
    [rows[pivot], rows[best]] = [rows[best] ?? [], rows[pivot] ?? []];
    for (let row = 0; row < size; row++) {
      if (row === pivot) continue;
      const factor = at(row, pivot) / at(pivot, pivot);
      rows[row] = (rows[row] ?? []).map((value, column) => value - factor * at(pivot, column));
    }
  }
  return rows.map((_, row) => at(row, size) / at(row, row));
}
