/** The whole number above 0 that an option was given; NaN would run a benchmark that measures nothing. */
export function positive(option: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new Error(`${option} must be a whole number above 0, not ${text}`);
  return value;
}
