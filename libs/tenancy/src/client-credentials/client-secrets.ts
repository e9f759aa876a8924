import { randomInt } from 'node:crypto';
import { installationHash } from '@app/crypto';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** The providers' own keys have about this length; 22 letters of base 62 are 131 random bits. */
const LENGTH = 22;

/** A new public id or secret: letters and digits only, so that no form, signature or configuration file can mangle it. */
export function randomCredentialText(): string {
  return Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
}

/** Whether a text can be a public id. What cannot must not reach the database as it is: a NUL would be an error there, not an unknown id. */
export function isCredentialText(text: string): boolean {
  return /^[0-9A-Za-z]{22}$/.test(text);
}

/** Keyed hash of a secret together with its public id: of no use to whoever reads the database without the installation's hash key. */
export function hashClientSecret(publicId: string, secret: string, hashKey: string): Buffer {
  return installationHash(hashKey, JSON.stringify(['client-secret/1', publicId, secret]));
}
