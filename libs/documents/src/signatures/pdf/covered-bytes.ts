/** What a PDF signature says it covers: offsets and lengths in pairs, and the value for which a gap is left. */
export interface CoveredRange {
  byteRange: readonly number[];
  contents: Uint8Array;
}

/** The bytes before and behind the gap, and what is wrong with them. */
export interface CoveredBytes {
  parts: readonly Uint8Array[];
  /** Why the range is not that of an honest signature: something else than the signature's own value lies in the gap; null when it is. */
  wrong: string | null;
  /** Whether bytes were added behind what was signed. */
  appended: boolean;
}

/**
 * The bytes that a signature covers. An honest range begins with the file, goes on after one gap, and the gap is the hexadecimal string of the
 * signature's value to the byte: a wider one leaves room for what nobody signed. Null where the range does not lie in the file.
 */
export function coveredBytes(file: Uint8Array, { byteRange, contents }: CoveredRange): CoveredBytes | null {
  const [start, gapStart, gapEnd, rest] = byteRange;
  if (start === undefined || gapStart === undefined || gapEnd === undefined || rest === undefined || byteRange.length !== 4) return null;
  if (!byteRange.every((number) => Number.isSafeInteger(number) && number >= 0)) return null;
  const end = gapEnd + rest;
  if (start !== 0 || gapStart > gapEnd || end > file.length) return null;
  const isOwn = holdsOnly(file.subarray(gapStart, gapEnd), contents);
  return {
    parts: [file.subarray(0, gapStart), file.subarray(gapEnd, end)],
    wrong: isOwn ? null : 'it leaves out more of the file than its own value',
    appended: end < file.length,
  };
}

/** Whether the gap is `<`, the value in hexadecimal, zeros to fill it up, and `>`. */
function holdsOnly(gap: Uint8Array, contents: Uint8Array): boolean {
  const text = Buffer.from(gap).toString('latin1');
  if (contents.length === 0 || !text.startsWith('<') || !text.endsWith('>')) return false;
  const digits = text.slice(1, -1).toLowerCase();
  const value = Buffer.from(contents).toString('hex');
  return digits.startsWith(value)
    ? /^0*$/u.test(digits.slice(value.length))
    : value.startsWith(digits) && /^0*$/u.test(value.slice(digits.length));
}
