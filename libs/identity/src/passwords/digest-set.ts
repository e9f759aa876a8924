import { createHash } from 'node:crypto';

const FIRST_ROOM = 1_024;

/** Digests that passwords are listed by. SHA-1 protects nothing here: it is what published lists of breached passwords are made with. */
export type ListDigest = 'sha1' | 'sha256';

/** What is kept of a text's digest, eight bytes: in a list of 20 million, a password is taken for a listed one by chance once in 10^12. */
export function keptDigest(text: string, digest: ListDigest): bigint {
  return createHash(digest).update(text, 'utf8').digest().readBigUInt64BE(0);
}

/** A great many digests in eight bytes each, sorted once all are in it. */
export class DigestSet {
  private digests = new BigUint64Array(FIRST_ROOM);
  private count = 0;

  get size(): number {
    return this.count;
  }

  add(digest: bigint): void {
    if (this.count === this.digests.length) {
      const wider = new BigUint64Array(this.digests.length * 2);
      wider.set(this.digests);
      this.digests = wider;
    }
    this.digests[this.count] = digest;
    this.count += 1;
  }

  /** To be called once, before `has`. */
  close(): void {
    this.digests = this.digests.slice(0, this.count).sort();
  }

  has(digest: bigint): boolean {
    let [low, high] = [0, this.count - 1];
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const found = this.digests[middle] ?? 0n;
      if (found === digest) return true;
      if (found < digest) low = middle + 1;
      else high = middle - 1;
    }
    return false;
  }
}
