const HEADER_BYTES = 8;
const MEMORY_SECTION = 5;
const HAS_MAXIMUM = 1;

/** A WebAssembly file that is not made as this one expects; it can only happen when the file was exchanged. */
export class UnexpectedWasmError extends Error {
  override readonly name = 'UnexpectedWasmError';
}

/**
 * A copy of a WebAssembly file whose memory may grow to `maxPages` of 64 KiB and no further. The maximum is written over the one that is there, in
 * as many bytes. Throws `UnexpectedWasmError`.
 */
export function boundMemory(wasm: Uint8Array, maxPages: number): Uint8Array<ArrayBuffer> {
  const copy = Uint8Array.from(wasm);
  const cursor = new Cursor(copy, HEADER_BYTES);
  while (cursor.at < copy.length) {
    const section = cursor.byte();
    const end = cursor.number() + cursor.at;
    if (section === MEMORY_SECTION) {
      writeMaximum(copy, cursor, maxPages);
      return copy;
    }
    cursor.at = end;
  }
  throw new UnexpectedWasmError('no memory of its own in the WebAssembly file');
}

function writeMaximum(copy: Uint8Array, cursor: Cursor, maxPages: number): void {
  const memories = cursor.number();
  if (memories !== 1 || cursor.byte() !== HAS_MAXIMUM)
    throw new UnexpectedWasmError('not one memory with a maximum in the WebAssembly file');
  cursor.number();
  const from = cursor.at;
  cursor.number();
  let rest = maxPages;
  for (let at = from; at < cursor.at; at += 1) {
    copy[at] = (rest & 0x7f) | (at < cursor.at - 1 ? 0x80 : 0);
    rest >>>= 7;
  }
  if (rest > 0) throw new UnexpectedWasmError(`${maxPages} pages do not fit where the WebAssembly file has its maximum`);
}

/** Reads bytes and LEB128 numbers one after another. */
class Cursor {
  constructor(
    private readonly bytes: Uint8Array,
    public at: number,
  ) {}

  byte(): number {
    const byte = this.bytes[this.at];
    if (byte === undefined) throw new UnexpectedWasmError('the WebAssembly file ends early');
    this.at += 1;
    return byte;
  }

  number(): number {
    let value = 0;
    for (let shift = 0; shift < 32; shift += 7) {
      const byte = this.byte();
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value >>> 0;
    }
    throw new UnexpectedWasmError('a number without an end in the WebAssembly file');
  }
}
