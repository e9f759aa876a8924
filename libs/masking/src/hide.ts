/** What stands in the place of a value of which nothing may be seen. */
export const HIDDEN = '***';

/** Hides a value whole; that there is none stays visible. */
export function hide(value: string): string {
  return value === '' ? '' : HIDDEN;
}
