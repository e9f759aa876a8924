import { randomInt } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { SecretHash } from './secret-hash';

/** What every key begins with, so that a leaked one is found by its looks. */
export const API_KEY_PREFIX = 'piaoyan_';
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const BASE = BigInt(ALPHABET.length);
/** 32 letters of base 62 are 190 random bits: far beyond guessing, so a fast hash is enough to store it. */
const RANDOM_LENGTH = 32;
/** The smallest power that holds any CRC-32: 62^6 > 2^32. */
const CHECKSUM_LENGTH = 6;
const FORM = new RegExp(`^${API_KEY_PREFIX}([0-9A-Za-z]{28,64})([0-9A-Za-z]{${CHECKSUM_LENGTH}})$`);

/** A new key. Its last six letters are a checksum, so that scanners for leaked keys and a mistyped key are told apart offline. */
export function newApiKeySecret(): string {
  const random = Array.from({ length: RANDOM_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  return API_KEY_PREFIX + random + checksumOf(random);
}

/** Whether a text can be a key at all; answered without a look into the database. */
export function isWellFormedSecret(presented: string): boolean {
  const [, random, checksum] = FORM.exec(presented) ?? [];
  return random !== undefined && checksum === checksumOf(random);
}

/** What is stored of a key that is presented itself. */
export function hashSecret(secret: string, hash: SecretHash): Buffer {
  return hash.hash(`api-key/1/${secret}`);
}

/** Whose signing secret: the salt is stored beside the key, and without the installation's hash key says nothing. */
export interface SigningPlace {
  tenantId: string;
  id: string;
  salt: Uint8Array;
}

/**
 * The secret of a key that signs. It is never stored: whoever holds the hash key and the row's salt computes it again, which is what the
 * check of a signature needs. It looks like any other key, so that it is found by its looks and mistyping it is noticed.
 */
export function signingSecretOf({ tenantId, id, salt }: SigningPlace, hash: SecretHash): string {
  const bytes = hash.hash(JSON.stringify(['api-key-signing/1', tenantId, id, Buffer.from(salt).toString('hex')]));
  // 256 bits onto 190: no letter is likelier than another by more than 2^-65.
  let rest = BigInt(`0x${bytes.toString('hex')}`);
  let random = '';
  for (let i = 0; i < RANDOM_LENGTH; i += 1) {
    random += ALPHABET[Number(rest % BASE)] ?? '';
    rest /= BASE;
  }
  return API_KEY_PREFIX + random + checksumOf(random);
}

function checksumOf(random: string): string {
  let rest = crc32(random);
  let digits = '';
  for (let i = 0; i < CHECKSUM_LENGTH; i += 1) {
    digits = `${ALPHABET[rest % ALPHABET.length] ?? ''}${digits}`;
    rest = Math.floor(rest / ALPHABET.length);
  }
  return digits;
}
