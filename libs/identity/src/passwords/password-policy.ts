import { loginKey } from '../users/login-key';
import { isCommonPassword } from './common-passwords';

/** Why a password is not taken. `common`: others are known to use it. `reused`: it is one of the last ones. */
export type PasswordFault = 'tooShort' | 'tooLong' | 'tooSimple' | 'containsName' | 'common' | 'reused';

/** More is cut off by nobody's memory, and hashing it would be work for nothing. */
export const PASSWORD_MAX_LENGTH = 128;
/** From here on a sentence is as good as a mixture. */
const PASSPHRASE_LENGTH = 20;
const CLASSES_NEEDED = 3;
const CLASSES = [/\p{Ll}/u, /\p{Lu}/u, /\p{Nd}/u, /[^\p{Ll}\p{Lu}\p{Nd}]/u];
/** The first thing that whoever guesses a password of this product tries. */
const PRODUCT_NAMES = ['piaoyan', '票验'];

/** Whose password it is to be: no name that stands around it may be in it. */
export interface PasswordContext {
  login: string;
  displayName: string;
  tenantName: string;
  minLength: number;
}

/** What a password lacks by itself; nothing when it is good. Lengths are counted in characters. */
export function passwordFaults(password: string, { login, displayName, tenantName, minLength }: PasswordContext): PasswordFault[] {
  const length = Array.from(password).length;
  if (length > PASSWORD_MAX_LENGTH) return ['tooLong'];
  const faults: PasswordFault[] = [];
  if (length < minLength) faults.push('tooShort');
  if (length < PASSPHRASE_LENGTH && CLASSES.filter((kind) => kind.test(password)).length < CLASSES_NEEDED) faults.push('tooSimple');
  if ([login, displayName, tenantName, ...PRODUCT_NAMES].some((name) => holdsName(password, name))) faults.push('containsName');
  if (isCommonPassword(password)) faults.push('common');
  return faults;
}

/** Names of one or two letters are in every second password by chance; two Chinese characters are not. */
function holdsName(password: string, name: string): boolean {
  const plain = lettersOf(name);
  const isTelling = /\p{Script=Han}/u.test(plain) ? Array.from(plain).length >= 2 : plain.length >= 3;
  return isTelling && lettersOf(password).includes(plain);
}

/** `Zhang-San` is the name `zhang.san` all the same. */
function lettersOf(text: string): string {
  return loginKey(text).replace(/[^\p{L}\p{N}]/gu, '');
}
