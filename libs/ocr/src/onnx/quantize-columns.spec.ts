import { quantizeColumns } from './quantize-columns';

describe('quantizeColumns', () => {
  it('gives every column its own scale, its largest value becoming 127', () => {
    const matrix = [
      [1, 0.02, 0],
      [-0.5, -0.04, 0],
    ];
    const { values, scales } = quantizeColumns(2, 3, (row, column) => matrix[row]![column]!);
    expect([...values]).toEqual([127, 64, 0, -63, -127, 0]);
    [1 / 127, 0.04 / 127, 1].forEach((scale, column) => expect(scales[column]).toBeCloseTo(scale, 7));
  });

  it('is nowhere off by more than half a step', () => {
    const at = (row: number, column: number) => Math.sin(row * 12.9898 + column * 78.233) * (column + 1);
    const { values, scales } = quantizeColumns(64, 8, at);
    values.forEach((value, index) => {
      const [row, column] = [Math.floor(index / 8), index % 8];
      expect(Math.abs(value * scales[column]! - at(row, column))).toBeLessThanOrEqual(scales[column]! * 0.5001);
    });
  });
});
