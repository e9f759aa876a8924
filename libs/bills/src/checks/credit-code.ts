const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

/** Whether a complete, unmasked credit code of 18 characters has the check character that GB 32100 gives it. */
export function creditCodeHolds(code: string): boolean {
  const values = Array.from(code, (char) => ALPHABET.indexOf(char));
  if (values.length !== 18 || values.includes(-1)) return false;
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * (values[i] ?? 0), 0);
  return values[17] === (31 - (sum % 31)) % 31;
}
