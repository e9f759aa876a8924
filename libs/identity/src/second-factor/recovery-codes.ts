import { randomInt } from 'node:crypto';

const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';
const LENGTH = 10;

/** How many codes a user has. */
export const RECOVERY_CODES = 10;

/** New codes of ten letters, 49 random bits each, in two groups. They are guessed under the same limit as passwords. */
export function newRecoveryCodes(): string[] {
  const codes = new Set<string>();
  while (codes.size < RECOVERY_CODES) {
    const letters = Array.from({ length: LENGTH }, () => LETTERS[randomInt(LETTERS.length)] ?? '').join('');
    codes.add(`${letters.slice(0, LENGTH / 2)}-${letters.slice(LENGTH / 2)}`);
  }
  return [...codes];
}

/** A code as it was made, whatever case and blanks it was typed with; null for what is none. */
export function recoveryCodeOf(typed: string): string | null {
  const letters = typed.toLowerCase().replace(/[\s-]/g, '');
  return /^[a-z2-9]{10}$/.test(letters) ? `${letters.slice(0, LENGTH / 2)}-${letters.slice(LENGTH / 2)}` : null;
}
