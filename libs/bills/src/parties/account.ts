/** The digits of a bank account without the blanks and hyphens of its groups; a masked one keeps a `*` for each sign. Null for what is none. */
export function parseAccount(text: string): string | null {
  const signs = text.replace(/[\s-]/gu, '').replace(/[×★☆＊]/gu, '*');
  return /^[\d*]{8,32}$/u.test(signs) ? signs : null;
}
