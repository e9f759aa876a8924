const LENGTH_BYTES = 4;
/** UTF-8 takes at most so many bytes for a unit of a JavaScript string. */
const BYTES_PER_UNIT = 3;

// One for all calls, since nothing else is done as often: what it held is copied out before the next call.
let scratch = Buffer.allocUnsafeSlow(8_192);

/**
 * Values as bytes, each after its length, so that ("ab", "c") and ("a", "bc") differ. '' and null are one value, because some databases
 * cannot tell them apart. `prefix` parts kinds of content from one another. The bytes are good until the next call.
 */
export function canonicalBytes(prefix: number, values: readonly (string | null)[]): Buffer {
  let room = 1;
  for (const value of values) room += LENGTH_BYTES + (value?.length ?? 0) * BYTES_PER_UNIT;
  if (room > scratch.length) scratch = Buffer.allocUnsafeSlow(room * 2);
  let at = scratch.writeUInt8(prefix, 0);
  for (const value of values) {
    const written = value ? scratch.write(value, at + LENGTH_BYTES, 'utf8') : 0;
    scratch[at] = written >>> 24;
    scratch[at + 1] = written >>> 16;
    scratch[at + 2] = written >>> 8;
    scratch[at + 3] = written;
    at += LENGTH_BYTES + written;
  }
  return scratch.subarray(0, at);
}
