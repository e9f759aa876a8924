import { DocumentError } from '../../document.error';
import type { PdfiumFunctions } from './pdfium-functions';

/** Memory of an instance never shrinks: one that had to grow beyond this is given up as soon as it is idle. */
const LARGEST_KEPT_BYTES = 134_217_728;

/** Bytes kept for what functions write to addresses they are given. */
const SCRATCH_BYTES = 256;

/** PDFium in a WebAssembly instance with memory of its own. After a trap its state is unknown, so it is not used again. */
export class Pdfium {
  private readonly scratch: number;
  private isBroken = false;
  private open = 0;

  constructor(
    readonly call: PdfiumFunctions,
    private readonly memory: { readonly buffer: ArrayBuffer },
    private readonly growth: { wasRefused: boolean },
  ) {
    call.PDFiumExt_Init();
    this.scratch = call.malloc(SCRATCH_BYTES);
  }

  get isUsable(): boolean {
    return !this.isBroken && (this.open > 0 || this.memory.buffer.byteLength <= LARGEST_KEPT_BYTES);
  }

  /** Bytes of memory at this moment. */
  get memoryBytes(): number {
    return this.memory.buffer.byteLength;
  }

  /** Counts a document that is open, so that nobody takes its memory away. */
  retain(): void {
    this.open += 1;
  }

  release(): void {
    this.open -= 1;
  }

  /**
   * Runs work on documents of this instance. Memory that was asked for and not given is an error even where PDFium went on without it: it
   * leaves out what it could not hold, and a page without its picture looks like a blank page. Throws `DocumentError`.
   */
  run<T>(work: () => T): T {
    if (this.isBroken) throw new DocumentError('unsafe', 'the PDF cannot be read on: another one broke the program that had both open');
    try {
      const result = work();
      if (this.growth.wasRefused) throw memoryRefused();
      return result;
    } catch (error) {
      if (this.growth.wasRefused) {
        this.isBroken = true;
        throw memoryRefused(error);
      }
      if (error instanceof DocumentError) throw error;
      this.isBroken = true;
      throw new DocumentError('unsafe', 'the PDF breaks the program that reads it', { cause: error });
    }
  }

  /** Gives handles back; with an instance that broke they are gone already. */
  tidy(work: () => void): void {
    if (this.isBroken) return;
    try {
      work();
    } catch {
      this.isBroken = true;
    }
  }

  /** Room in the instance's memory for as long as the work lasts. */
  withBuffer<T>(size: number, work: (address: number) => T): T {
    const address = this.allocate(size);
    try {
      return work(address);
    } finally {
      this.call.free(address);
    }
  }

  allocate(size: number): number {
    const address = this.call.malloc(size);
    if (address === 0) throw memoryRefused();
    return address;
  }

  /** A view that is good until the next call: memory that grows is another buffer. */
  bytes(address: number, length: number): Uint8Array {
    return new Uint8Array(this.memory.buffer, address, length);
  }

  /** The 32-bit floats that a function writes to the addresses it is given; null where it answers that it has none. */
  floats(count: number, call: (...addresses: number[]) => number): number[] | null {
    return this.written(count, 4, call, (view, at) => view.getFloat32(at, true));
  }

  doubles(count: number, call: (...addresses: number[]) => number): number[] | null {
    return this.written(count, 8, call, (view, at) => view.getFloat64(at, true));
  }

  integers(count: number, call: (...addresses: number[]) => number): number[] | null {
    return this.written(count, 4, call, (view, at) => view.getUint32(at, true));
  }

  private written(
    count: number,
    size: number,
    call: (...addresses: number[]) => number,
    read: (view: DataView, at: number) => number,
  ): number[] | null {
    const addresses = Array.from({ length: count }, (_, i) => this.scratch + i * size);
    if (call(...addresses) === 0) return null;
    const view = new DataView(this.memory.buffer);
    return addresses.map((address) => read(view, address));
  }
}

function memoryRefused(cause?: unknown): DocumentError {
  return new DocumentError('unsafe', 'the PDF takes more memory than it is given', { cause });
}
