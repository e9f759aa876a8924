/** Right of how many, and in per cent; a dash where nothing was to be counted. */
export function share(right: number, count: number): string {
  return count === 0 ? '–' : `${right}/${count} (${((100 * right) / count).toFixed(1)} %)`;
}

/** Right of how many. */
export function tally(right: number, count: number): string {
  return count === 0 ? '–' : `${right}/${count}`;
}
