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
