/** Every entry is found by its first eight bytes. */
export const KEY_BYTES = 8;

const BITS = 20;
// Looked up once: as a property of a global it costs more than the multiplication where globals are proxied, as in a test's sandbox.
const { imul } = Math;

/** Finds, in one pass, where any of very many byte strings may begin: a table of their first eight bytes. */
export class ByteIndex {
  private readonly heads = new Int32Array(1 << BITS).fill(-1);
  private next = new Int32Array(1 << 16);
  private used = 0;

  /** Remembers the eight bytes that stand at `at`; entries are numbered from 0 in the order in which they are added. */
  add(bytes: Buffer, at: number): number {
    if (this.used === this.next.length) {
      const grown = new Int32Array(this.next.length * 2);
      grown.set(this.next);
      this.next = grown;
    }
    const slot = slotOf(bytes.readInt32LE(at), bytes.readInt32LE(at + 4));
    this.next[this.used] = this.heads[slot] ?? -1;
    this.heads[slot] = this.used;
    return this.used++;
  }

  /** Calls back with each place and the entries that may stand there; the caller compares. */
  scan(bytes: Buffer, candidate: (at: number, entry: number) => void): void {
    const { heads, next } = this;
    let low = 0;
    let high = 0;
    for (let end = 0; end < bytes.length; end++) {
      low = (low >>> 8) | ((high & 0xff) << 24);
      high = (high >>> 8) | ((bytes[end] ?? 0) << 24);
      if (end < KEY_BYTES - 1) continue;
      for (let entry = heads[slotOf(low, high)] ?? -1; entry >= 0; entry = next[entry] ?? -1) candidate(end - KEY_BYTES + 1, entry);
    }
  }
}

function slotOf(low: number, high: number): number {
  const mixed = imul(low, 0x9e3779b1) ^ imul(high, 0x85ebca6b);
  return imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d) >>> (32 - BITS);
}
