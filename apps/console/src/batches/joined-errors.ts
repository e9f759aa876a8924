import type { BatchRowError } from '@app/contracts';

/** Behind which row to ask for more: the last row shown may have more errors than are shown, so it is asked for again. */
export function askErrorsAfter(shown: readonly BatchRowError[]): number {
  return Math.max(0, (shown.at(-1)?.row ?? 1) - 1);
}

/** The errors shown with those of a further page, which begins at the last row shown. */
export function joinedErrors(shown: readonly BatchRowError[], page: readonly BatchRowError[]): readonly BatchRowError[] {
  const after = askErrorsAfter(shown);
  return [...shown.filter(({ row }) => row <= after), ...page];
}
