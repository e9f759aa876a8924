import { LOOKALIKES } from './common-passwords';

/** Shorter cores are in every second good password by chance. */
const CORE_MIN = 4;
const LETTERS_MIN = 5;

/**
 * What a password may be read as: as it stands in small letters, without the digits and signs that hang on it (`Password2024!` is
 * `password`), with look-alikes read as letters (`P@ssw0rd`), and as its letters alone. A list that holds one of these holds the password.
 */
export function readingsOf(password: string): readonly string[] {
  const plain = password.normalize('NFKC').toLowerCase();
  const bare = withoutHangings(plain);
  const cores = [bare, withoutHangings(readAloud(plain)), readAloud(bare)];
  const letters = [bare, readAloud(bare)].map((core) => core.replace(/[^\p{L}]/gu, ''));
  return [...new Set([plain, ...cores.filter((core) => core.length >= CORE_MIN), ...letters.filter((core) => core.length >= LETTERS_MIN)])];
}

/** Without what stands before the first letter, or what may be read as one, and after the last letter. */
function withoutHangings(text: string): string {
  return text.replace(/^[^\p{L}@$]+/u, '').replace(/[^\p{L}]+$/u, '');
}

function readAloud(text: string): string {
  return Array.from(text, (character) => LOOKALIKES[character] ?? character).join('');
}
