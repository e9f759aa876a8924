/*
 * netocr writes "0" and "1"; jumdata writes "01" for normal, where a number parser sees netocr's "1" for reversed. Exact strings, and a
 * map of its own per provider, keep a reversed bill from turning green.
 */
const FLAG: ReadonlyMap<string, boolean> = new Map([
  ['0', false],
  ['1', true],
]);

/** redTag, entryTag and printTag: false, true, null when not given, `undefined` when the value is none that netocr documents. */
export function readNetocrFlag(value: string | null): boolean | null | undefined {
  return value === null ? null : FLAG.get(value);
}

/** The tag as netocr writes it; an unknown one is empty, since `"0"` would claim 正常, 未入账 or 未打印. */
export function writeNetocrFlag(value: boolean | null): string {
  if (value === null) return '';
  return value ? '1' : '0';
}
