import { constants, verify } from 'node:crypto';
import type { AlgorithmIdentifier } from '@peculiar/asn1-x509';
import { digestAlgorithm, type DigestAlgorithm } from './digest-algorithm';
import { pssParameters } from './pss-parameters';
import type { PublicKey } from './public-key';
import { verifySm2 } from './verify-sm2';

/** Bytes, a signature said to be of them, and by which algorithm and key. */
export interface SignedBytes {
  data: Uint8Array;
  signature: Uint8Array;
  algorithm: Pick<AlgorithmIdentifier, 'algorithm' | 'parameters'>;
  /** Object identifier of the digest, for signatures whose own algorithm names none. */
  digest: string | null;
  /** How an ECDSA signature is written: DER, where nothing is said, or r and s behind each other, as in XML. */
  ecdsa?: 'der' | 'ieee-p1363';
  key: PublicKey;
}

/** `fits` is null where it could not be computed, for `why`; with a `why` although it fits, it proves nothing, being breakable. */
export interface Fit {
  fits: boolean | null;
  why: string | null;
}

/** Why nothing was computed where a key is of another kind than the signature's algorithm. */
export const OTHER_KEY = 'its key is not one for its algorithm';

const SHA256 = digestAlgorithm('SHA256');
const SM3 = digestAlgorithm('SM3');

/** Shorter RSA keys have been out of use since 2013, and the shortest of them have been factored. */
const MIN_RSA_BITS = 2048;
const MAX_RSA_BITS = 8192;

/** Signature algorithms by object identifier: the kind of key, and the digest where they name one. */
const ALGORITHMS: ReadonlyMap<string, { kind: PublicKey['kind'] | 'ec or sm2'; digest: DigestAlgorithm | null }> = new Map([
  ['1.2.840.113549.1.1.1', { kind: 'rsa', digest: null }],
  ['1.2.840.113549.1.1.4', { kind: 'rsa', digest: digestAlgorithm('MD5') }],
  ['1.2.840.113549.1.1.5', { kind: 'rsa', digest: digestAlgorithm('SHA1') }],
  ['1.2.840.113549.1.1.11', { kind: 'rsa', digest: SHA256 }],
  ['1.2.840.113549.1.1.12', { kind: 'rsa', digest: digestAlgorithm('2.16.840.1.101.3.4.2.2') }],
  ['1.2.840.113549.1.1.13', { kind: 'rsa', digest: digestAlgorithm('2.16.840.1.101.3.4.2.3') }],
  ['1.2.156.10197.1.504', { kind: 'rsa', digest: SM3 }],
  ['1.2.840.10045.4.1', { kind: 'ec', digest: digestAlgorithm('SHA1') }],
  ['1.2.840.10045.4.3.2', { kind: 'ec', digest: SHA256 }],
  ['1.2.840.10045.4.3.3', { kind: 'ec', digest: digestAlgorithm('2.16.840.1.101.3.4.2.2') }],
  ['1.2.840.10045.4.3.4', { kind: 'ec', digest: digestAlgorithm('2.16.840.1.101.3.4.2.3') }],
  ['1.2.840.10045.2.1', { kind: 'ec or sm2', digest: null }],
  ['1.2.156.10197.1.301', { kind: 'sm2', digest: SM3 }],
  ['1.2.156.10197.1.301.1', { kind: 'sm2', digest: SM3 }],
  ['1.2.156.10197.1.501', { kind: 'sm2', digest: SM3 }],
]);

const PSS = '1.2.840.113549.1.1.10';

/** Verifies one signature: RSA (PKCS #1 v1.5, PSS), ECDSA, SM2. Never throws. */
export function verifyBytes(signed: SignedBytes): Fit {
  try {
    return signed.algorithm.algorithm === PSS ? verifyPss(signed) : verifyNamed(signed);
  } catch {
    return { fits: false, why: null };
  }
}

function verifyPss({ data, signature, algorithm, key }: SignedBytes): Fit {
  const parameters = pssParameters(algorithm.parameters);
  if (!parameters || key.kind !== 'rsa') return unknown('its PSS parameters or its key are of no known kind');
  const { digest, saltLength } = parameters;
  if (key.bits > MAX_RSA_BITS) return unknown(`its key has more than ${MAX_RSA_BITS} bits`);
  const options = { key: key.key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength };
  return { fits: verify(digest.name, data, options, signature), why: weakness(digest, key) };
}

function verifyNamed({ data, signature, algorithm, digest: given, ecdsa, key }: SignedBytes): Fit {
  const known = ALGORITHMS.get(algorithm.algorithm);
  if (!known) return unknown('its signature algorithm is not known');
  if (known.kind !== key.kind && !(known.kind === 'ec or sm2' && key.kind !== 'rsa')) return unknown(OTHER_KEY);
  if (key.kind === 'sm2') return { fits: verifySm2(data, key.point, signature), why: null };
  const digest = known.digest ?? (given === null ? null : digestAlgorithm(given));
  if (!digest) return unknown('its digest algorithm is not known');
  if (key.kind === 'rsa' && key.bits > MAX_RSA_BITS) return unknown(`its key has more than ${MAX_RSA_BITS} bits`);
  return { fits: verify(digest.name, data, { key: key.key, dsaEncoding: ecdsa ?? 'der' }, signature), why: weakness(digest, key) };
}

function weakness(digest: DigestAlgorithm, key: PublicKey): string | null {
  if (digest.broken) return `it rests on ${digest.name}, which is broken`;
  return key.kind === 'rsa' && key.bits < MIN_RSA_BITS ? `its key has only ${key.bits} bits` : null;
}

function unknown(why: string): Fit {
  return { fits: null, why };
}
