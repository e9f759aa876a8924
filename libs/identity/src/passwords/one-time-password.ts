import { randomInt } from 'node:crypto';

/** Without letters and digits that are mistaken for one another when they are read out. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const GROUPS = 4;
const GROUP_LENGTH = 5;

/** A password to be used once, within days: 20 letters, 116 random bits, in groups of five. */
export function newOneTimePassword(): string {
  const letter = (): string => LETTERS[randomInt(LETTERS.length)] ?? '';
  return Array.from({ length: GROUPS }, () => Array.from({ length: GROUP_LENGTH }, letter).join('')).join('-');
}
