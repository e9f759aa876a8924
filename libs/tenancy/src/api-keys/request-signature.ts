import { createHmac } from 'node:crypto';

/** Name of the authorization scheme of signed requests, and first line of what is signed. */
export const SIGNING_SCHEME = 'PIAOYAN-HMAC-SHA256';

/** SHA-256 of no bytes at all, the `content` of a request without a body. */
export const EMPTY_SHA256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

/** What the authorization header of a signed request says. */
export interface SignedAuthorization {
  keyId: string;
  /** Seconds since 1970. */
  timestamp: number;
  nonce: string;
  /** SHA-256 of the body, in lower-case hexadecimal. */
  contentSha256: string;
  /** HMAC-SHA-256 under the key's secret, in lower-case hexadecimal. */
  signature: string;
}

/** What a signature covers. */
export interface SignedCall extends Omit<SignedAuthorization, 'keyId' | 'signature'> {
  method: string;
  /** Path and query as they stand in the request line. */
  target: string;
}

// Every part has a fixed or bounded length, so that nothing about a hostile header takes long.
const FORM = new RegExp(
  `^${SIGNING_SCHEME} key=([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}), ?timestamp=(\\d{10,11}), ?nonce=([A-Za-z0-9_-]{16,64}), ?content=([0-9a-f]{64}), ?signature=([0-9a-f]{64})$`,
);

/** Reads the header; null for anything that is not exactly of the documented form. */
export function parseSignedAuthorization(header: string): SignedAuthorization | null {
  const [, keyId, timestamp, nonce, contentSha256, signature] = FORM.exec(header) ?? [];
  if (keyId === undefined || nonce === undefined || contentSha256 === undefined || signature === undefined) return null;
  return { keyId, timestamp: Number(timestamp), nonce, contentSha256, signature };
}

/** The signature of a call: HMAC-SHA-256 over six lines, joined by line feeds. */
export function signatureOf(secret: string, { method, target, contentSha256, timestamp, nonce }: SignedCall): Buffer {
  const lines = [SIGNING_SCHEME, method, target, contentSha256, String(timestamp), nonce];
  return createHmac('sha256', secret).update(lines.join('\n')).digest();
}

/** The header of a call, as a client writes it. */
export function signedAuthorization(secret: string, keyId: string, call: SignedCall): string {
  const signature = signatureOf(secret, call).toString('hex');
  return `${SIGNING_SCHEME} key=${keyId}, timestamp=${call.timestamp}, nonce=${call.nonce}, content=${call.contentSha256}, signature=${signature}`;
}
