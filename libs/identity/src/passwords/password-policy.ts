import { loginKey } from '../users/login-key';
import { isCommonPassword } from './common-passwords';

/** Why a password is not taken. `reused`: it is one of the last ones. */
export type PasswordFault = 'tooShort' | 'tooLong' | 'tooSimple' | 'containsName' | 'common' | 'reused';

/** More is cut off by nobody's memory, and hashing it would be work for nothing. */
export const PASSWORD_MAX_LENGTH = 128;
/** From here on a sentence is as good as a mixture. */
const PASSPHRASE_LENGTH = 20;
const CLASSES_NEEDED = 3;
const CLASSES = [/\p{Ll}/u, /\p{Lu}/u, /\p{Nd}/u, /[^\p{Ll}\p{Lu}\p{Nd}]/u];

/** What a password lacks, `reused` apart; nothing when it is good. Lengths are counted in characters. */
export function passwordFaults(
  password: string,
  { login, displayName, minLength }: { login: string; displayName: string; minLength: number },
): PasswordFault[] {
  const length = Array.from(password).length;
  if (length > PASSWORD_MAX_LENGTH) return ['tooLong'];
  const faults: PasswordFault[] = [];
  if (length < minLength) faults.push('tooShort');
  if (length < PASSPHRASE_LENGTH && CLASSES.filter((kind) => kind.test(password)).length < CLASSES_NEEDED) faults.push('tooSimple');
  if (holdsName(password, login) || holdsName(password, displayName)) faults.push('containsName');
  if (isCommonPassword(password)) faults.push('common');
  return faults;
}

/** Names of one or two letters are in every second password by chance; two Chinese characters are not. */
function holdsName(password: string, name: string): boolean {
  const plain = loginKey(name).replace(/\s+/g, '');
  const isTelling = /\p{Script=Han}/u.test(plain) ? Array.from(plain).length >= 2 : plain.length >= 3;
  return isTelling && loginKey(password).replace(/\s+/g, '').includes(plain);
}
