/** A matrix in 8-bit integers, row by row, with the factor of every column. */
export interface QuantizedColumns {
  rows: number;
  columns: number;
  values: Int8Array;
  scales: Float32Array;
}

/** -128 is left out, so that a column and its negative are kept alike. */
const LARGEST = 127;

/** Keeps every column of a matrix in 8-bit integers: its largest value becomes 127 or -127, a column of zeros stays one. */
export function quantizeColumns(rows: number, columns: number, at: (row: number, column: number) => number): QuantizedColumns {
  const values = new Int8Array(rows * columns);
  const scales = new Float32Array(columns);
  for (let column = 0; column < columns; column++) {
    let largest = 0;
    for (let row = 0; row < rows; row++) largest = Math.max(largest, Math.abs(at(row, column)));
    const scale = largest > 0 ? largest / LARGEST : 1;
    scales[column] = scale;
    for (let row = 0; row < rows; row++) values[row * columns + column] = Math.round(at(row, column) / scale);
  }
  return { rows, columns, values, scales };
}
