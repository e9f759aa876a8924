/** How the rows of a list stand against those that are printed. */
export interface RowsMark {
  expected: number;
  right: number;
  /** Whether all rows are there, nothing else, and in the printed order. */
  isInOrder: boolean;
  missed: string[];
  surplus: string[];
}

/** Compares rows written out as text; a row that is printed twice must be read twice. */
export function compareRows(expected: readonly string[], read: readonly string[]): RowsMark {
  const missed = without(expected, read);
  return {
    expected: expected.length,
    right: expected.length - missed.length,
    isInOrder: expected.length === read.length && expected.every((row, index) => row === read[index]),
    missed,
    surplus: without(read, expected),
  };
}

function without(rows: readonly string[], others: readonly string[]): string[] {
  const left = [...others];
  return rows.filter((row) => {
    const at = left.indexOf(row);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}
