import { createHmac, randomInt } from 'node:crypto';
import { crc32 } from 'node:zlib';

const PREFIX = 'piaoyan_';
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** 32 letters of base 62 are 190 random bits: far beyond guessing, so a fast hash is enough to store it. */
const RANDOM_LENGTH = 32;
/** The smallest power that holds any CRC-32: 62^6 > 2^32. */
const CHECKSUM_LENGTH = 6;
const FORM = new RegExp(`^${PREFIX}([0-9A-Za-z]{28,64})([0-9A-Za-z]{${CHECKSUM_LENGTH}})$`);

/** A new key. Its last six letters are a checksum, so that scanners for leaked keys and a mistyped key are told apart offline. */
export function newApiKeySecret(): string {
  const random = Array.from({ length: RANDOM_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  return PREFIX + random + checksumOf(random);
}

/** Whether a text can be a key at all; answered without a look into the database. */
export function isWellFormedSecret(presented: string): boolean {
  const [, random, checksum] = FORM.exec(presented) ?? [];
  return random !== undefined && checksum === checksumOf(random);
}

/** HMAC-SHA-256 of a key: of no use to whoever reads the database without the installation's hash key. */
export function hashSecret(secret: string, hashKey: string): Buffer {
  return createHmac('sha256', hashKey).update(`api-key/1/${secret}`).digest();
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
