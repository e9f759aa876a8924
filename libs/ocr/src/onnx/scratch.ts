/**
 * Memory for a model's input, used again for the next one: what was taken before is overwritten. A worker's own heap is so small that
 * nothing else would make it collect the megabytes that every line and page leave behind.
 */
export class Scratch {
  private memory = new Float32Array(0);

  /** `length` numbers with whatever they held before. */
  take(length: number): Float32Array {
    if (this.memory.length < length) this.memory = new Float32Array(length);
    return this.memory.subarray(0, length);
  }
}

/** The same for pixels. */
export class ByteScratch {
  private memory = new Uint8Array(0);

  /** A copy that lives until the next one is made. */
  copyOf(bytes: Uint8Array): Uint8Array {
    if (this.memory.length < bytes.length) this.memory = new Uint8Array(bytes.length);
    this.memory.set(bytes);
    return this.memory.subarray(0, bytes.length);
  }
}
