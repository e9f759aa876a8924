/*
 * jumdata writes "01" for normal and "02" for reversed. Never through a number: 01 would read as netocr's 1, which means reversed, so each
 * provider has a map of its own.
 */
const REVERSED: ReadonlyMap<string, boolean> = new Map([
  ['01', false],
  ['02', true],
]);

/** ch (冲红): false, true, null when not given, `undefined` when the value is none that jumdata documents. */
export function readJumdataReversed(value: string | null): boolean | null | undefined {
  return value === null ? null : REVERSED.get(value);
}

/** ch as jumdata writes it; unknown is empty, since `"01"` would claim 正常. */
export function writeJumdataReversed(value: boolean | null): string {
  if (value === null) return '';
  return value ? '02' : '01';
}
