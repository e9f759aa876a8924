import { digest, type DigestAlgorithm } from '../algorithms/digest-algorithm';
import type { OfdEntries } from './ofd-entries';

/** The digests of an archive's entries, each computed once: a signature may name a large entry a thousand times. */
export class FileDigests {
  private readonly known = new Map<string, Buffer | null>();

  constructor(private readonly entries: OfdEntries) {}

  /** Null where there is no such entry. */
  of(path: string, algorithm: DigestAlgorithm): Buffer | null {
    const key = `${algorithm.name} ${path}`;
    let value = this.known.get(key);
    if (value === undefined) {
      const bytes = this.entries.read(path);
      value = bytes && digest(algorithm, bytes);
      this.known.set(key, value);
    }
    return value;
  }
}
