import { maskCode } from './mask-code';

const MOBILE = /^(1\d{2})[\d*]{4}(\d{4})$/u;

/** A telephone number: of a mobile one the first three and the last four digits stay, of any other the last four. */
export function maskPhone(phone: string): string {
  const digits = phone.replace(/[\s-]/gu, '').replace(/^\+?86(?=1)/u, '');
  const [, first, last] = MOBILE.exec(digits) ?? [];
  return first === undefined || last === undefined ? maskCode(digits) : `${first}****${last}`;
}
