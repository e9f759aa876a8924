import { randomBytes, timingSafeEqual } from 'node:crypto';
import { keyedHash } from '../keyed-hash';

const TOKEN_BYTES = 32;
const TOKEN_FORM = /^[A-Za-z0-9_-]{43}$/;

/** A new session token: 256 random bits in base64url. */
export function newSessionToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}

/** Whether a text can be a token at all; answered without a look into the database. */
export function isSessionToken(presented: string): boolean {
  return TOKEN_FORM.test(presented);
}

/** What is stored of a token. */
export function sessionTokenHash(token: string, hashKey: string): Buffer {
  return keyedHash(hashKey, 'session', token);
}

/** What a page of ours sends in a header along with the cookie, and a page of another site cannot know. It is bound to the session's token. */
export function csrfTokenOf(sessionToken: string, hashKey: string): string {
  return keyedHash(hashKey, 'csrf', sessionToken).toString('base64url');
}

export function isCsrfTokenOf(presented: string, sessionToken: string, hashKey: string): boolean {
  const expected = Buffer.from(csrfTokenOf(sessionToken, hashKey));
  const given = Buffer.from(presented);
  return given.length === expected.length && timingSafeEqual(given, expected);
}
