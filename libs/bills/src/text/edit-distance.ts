/** Where a pattern fits best into a text: edits needed, and the half-open range of the text it covers. */
export interface ApproximateMatch {
  distance: number;
  start: number;
  end: number;
}

interface Cell {
  distance: number;
  start: number;
}

/** The best fit of `pattern` anywhere inside `text`: substitutions, insertions and deletions count one each; the leftmost of equals wins. */
export function findApproximately(pattern: string, text: string): ApproximateMatch {
  let column: Cell[] = Array.from({ length: pattern.length + 1 }, (_, i) => ({ distance: i, start: 0 }));
  let best: ApproximateMatch = { distance: pattern.length, start: 0, end: 0 };
  for (let end = 1; end <= text.length; end += 1) {
    column = nextColumn(column, pattern, text.charAt(end - 1), end);
    const last = column[pattern.length];
    if (last && last.distance < best.distance) best = { ...last, end };
  }
  return best;
}

function nextColumn(previous: Cell[], pattern: string, char: string, end: number): Cell[] {
  const column: Cell[] = [{ distance: 0, start: end }];
  for (let i = 1; i <= pattern.length; i += 1) {
    const diagonal = previous[i - 1] ?? { distance: Infinity, start: 0 };
    const options: Cell[] = [
      { distance: diagonal.distance + (pattern.charAt(i - 1) === char ? 0 : 1), start: diagonal.start },
      { distance: (previous[i]?.distance ?? Infinity) + 1, start: previous[i]?.start ?? 0 },
      { distance: (column[i - 1]?.distance ?? Infinity) + 1, start: column[i - 1]?.start ?? 0 },
    ];
    column.push(options.reduce((a, b) => (b.distance < a.distance ? b : a)));
  }
  return column;
}

/** How many places differ between two texts of one length; Infinity when their lengths differ. */
export function substitutions(a: string, b: string): number {
  if (a.length !== b.length) return Infinity;
  let count = 0;
  for (let i = 0; i < a.length; i += 1) if (a.charAt(i) !== b.charAt(i)) count += 1;
  return count;
}
