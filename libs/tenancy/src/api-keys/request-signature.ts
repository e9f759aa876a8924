import { type Suite, SUITES } from '@app/crypto';

/** Names of the authorization schemes of signed requests: one for each suite. The name is the first line of what is signed. */
export const SIGNING_SCHEMES = ['PIAOYAN-HMAC-SHA256', 'PIAOYAN-HMAC-SM3'] as const;
export type SigningScheme = (typeof SIGNING_SCHEMES)[number];

const SUITES_OF: Readonly<Record<SigningScheme, Suite>> = {
  'PIAOYAN-HMAC-SHA256': SUITES.standard,
  'PIAOYAN-HMAC-SM3': SUITES.sm,
};

/** What the authorization header of a signed request says. */
export interface SignedAuthorization {
  /** By which hash function the body was hashed and the call signed. The caller chooses; both are hashes of the one scheme. */
  scheme: SigningScheme;
  keyId: string;
  /** Seconds since 1970. */
  timestamp: number;
  nonce: string;
  /** SHA-256 or SM3 of the body, in lower-case hexadecimal. */
  contentHash: string;
  /** HMAC under the key's secret, in lower-case hexadecimal. */
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
  `^(${SIGNING_SCHEMES.join('|')}) key=([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}), ?timestamp=(\\d{10,11}), ?nonce=([A-Za-z0-9_-]{16,64}), ?content=([0-9a-f]{64}), ?signature=([0-9a-f]{64})$`,
);

/** Reads the header; null for anything that is not exactly of the documented form. */
export function parseSignedAuthorization(header: string): SignedAuthorization | null {
  const [, name, keyId, timestamp, nonce, contentHash, signature] = FORM.exec(header) ?? [];
  const scheme = SIGNING_SCHEMES.find((one) => one === name);
  if (scheme === undefined || keyId === undefined || nonce === undefined || contentHash === undefined || signature === undefined)
    return null;
  return { scheme, keyId, timestamp: Number(timestamp), nonce, contentHash, signature };
}

/** A hash of a body by the scheme's function, to be fed while the body arrives. */
export function startContentHash(scheme: SigningScheme): ReturnType<Suite['startHash']> {
  return SUITES_OF[scheme].startHash();
}

/** The `content` of a request without a body. */
export function emptyContentHash(scheme: SigningScheme): string {
  return startContentHash(scheme).digest('hex');
}

/** The signature of a call: the scheme's HMAC over six lines, joined by line feeds. */
export function signatureOf(secret: string, { scheme, method, target, contentHash, timestamp, nonce }: SignedCall): Buffer {
  const lines = [scheme, method, target, contentHash, String(timestamp), nonce];
  return SUITES_OF[scheme].keyedHash(Buffer.from(secret), Buffer.from(lines.join('\n')));
}

/** The header of a call, as a client writes it. */
export function signedAuthorization(secret: string, keyId: string, call: SignedCall): string {
  const signature = signatureOf(secret, call).toString('hex');
  return `${call.scheme} key=${keyId}, timestamp=${call.timestamp}, nonce=${call.nonce}, content=${call.contentHash}, signature=${signature}`;
}
