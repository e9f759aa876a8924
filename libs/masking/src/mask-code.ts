/** As banks and providers show identity numbers, credit codes and accounts: the last four stay. */
const VISIBLE = 4;

/**
 * A number that names a person or an account, such as 身份证号, 统一社会信用代码 or a bank account: its last four characters stay, blanks
 * and hyphens are left out. One that is hardly longer is hidden whole.
 */
export function maskCode(code: string): string {
  const letters = Array.from(code.replace(/[\s-]/gu, ''));
  const hidden = letters.length >= 2 * VISIBLE ? letters.length - VISIBLE : letters.length;
  return '*'.repeat(hidden) + letters.slice(hidden).join('');
}
