import { createHash } from 'node:crypto';

/** A digest as node:crypto names it. `broken` ones are computed, because a difference is evidence all the same; but they confirm nothing. */
export interface DigestAlgorithm {
  name: 'sm3' | 'sha256' | 'sha384' | 'sha512' | 'sha1' | 'md5';
  broken: boolean;
}

const ALGORITHMS: Readonly<Record<DigestAlgorithm['name'], DigestAlgorithm>> = {
  sm3: { name: 'sm3', broken: false },
  sha256: { name: 'sha256', broken: false },
  sha384: { name: 'sha384', broken: false },
  sha512: { name: 'sha512', broken: false },
  sha1: { name: 'sha1', broken: true },
  md5: { name: 'md5', broken: true },
};

/** By object identifier, and by the names that makers of OFD write in its place. */
const BY_IDENTIFIER: ReadonlyMap<string, DigestAlgorithm> = new Map([
  ['1.2.156.10197.1.401', ALGORITHMS.sm3],
  ['1.2.156.10197.1.401.1', ALGORITHMS.sm3],
  ['2.16.840.1.101.3.4.2.1', ALGORITHMS.sha256],
  ['2.16.840.1.101.3.4.2.2', ALGORITHMS.sha384],
  ['2.16.840.1.101.3.4.2.3', ALGORITHMS.sha512],
  ['1.3.14.3.2.26', ALGORITHMS.sha1],
  ['1.2.840.113549.2.5', ALGORITHMS.md5],
  ['SM3', ALGORITHMS.sm3],
  ['SHA256', ALGORITHMS.sha256],
  ['SHA1', ALGORITHMS.sha1],
  ['MD5', ALGORITHMS.md5],
]);

/** The digest with this object identifier or name; null where it is none of ours. */
export function digestAlgorithm(identifier: string): DigestAlgorithm | null {
  const known = BY_IDENTIFIER.get(identifier);
  return known ?? BY_IDENTIFIER.get(identifier.toUpperCase().replaceAll('-', '')) ?? null;
}

/** The digest of the parts, one behind the other. */
export function digest({ name }: DigestAlgorithm, ...parts: readonly Uint8Array[]): Buffer {
  const hash = createHash(name);
  for (const part of parts) hash.update(part);
  return hash.digest();
}
