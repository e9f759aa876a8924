import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { type Elements, shanghaiSecond } from '@app/contracts';
import type { GenericCredentials } from './credentials';
import type { RequestDescription } from './request.schema';

/** The texts of a request as they are sent, dates in the described form. */
export type SentTexts = Readonly<Record<keyof Elements, string>> & { readonly timestamp: string };

/** The described signature over the texts of one request. */
export function signGeneric(signature: NonNullable<RequestDescription['signature']>, account: GenericCredentials, sent: SentTexts): string {
  const values = { ...sent, id: account.id ?? '', secret: account.secret ?? '' };
  const text = signature.over.map((part) => (typeof part === 'string' ? values[part] : part.text)).join('');
  const hash = signature.algorithm === 'hmacSha256' ? createHmac('sha256', values.secret) : createHash('sha256');
  const digest = hash.update(text, 'utf8');
  if (signature.encoding === 'base64') return digest.digest('base64');
  const hex = digest.digest('hex');
  return signature.encoding === 'hex' ? hex : hex.toUpperCase();
}

/** Compares two signatures in constant time. */
export function isSameSignature(presented: string, expected: string): boolean {
  const given = Buffer.from(presented, 'utf8');
  const wanted = Buffer.from(expected, 'utf8');
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

/** The moment of sending in the described form; the written-out one is of Asia/Shanghai, which keeps UTC+8 all year. */
export function writeTimestamp(form: NonNullable<RequestDescription['timestamp']>['form'], now: Date): string {
  switch (form) {
    case 'epochMilliseconds':
      return String(now.getTime());
    case 'epochSeconds':
      return String(Math.floor(now.getTime() / 1_000));
    case 'YYYYMMDDHHmmss':
      return shanghaiSecond(now).replace(/\D/g, '');
  }
}
