import { createHash, timingSafeEqual } from 'node:crypto';

/** jumdata's signature: SHA-256 over appId, appSecret and the millisecond timestamp, as lower-case hexadecimal. It covers no payload. */
export function signJumdata(appId: string, appSecret: string, timestamp: string): string {
  return createHash('sha256').update(`${appId}${appSecret}${timestamp}`, 'utf8').digest('hex');
}

/** Compares a presented signature in constant time, in either case. */
export function isJumdataSignature(presented: string, expected: string): boolean {
  const given = Buffer.from(presented.toLowerCase(), 'utf8');
  const wanted = Buffer.from(expected, 'utf8');
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
