const LENGTH_BYTES = 4;

/**
 * Values as bytes, each after its length, so that ("ab", "c") and ("a", "bc") differ. '' and null are one value, because some databases
 * cannot tell them apart. `prefix` parts kinds of content from one another.
 */
export function canonicalBytes(prefix: number, values: readonly (string | null)[]): Buffer {
  let size = 1;
  for (const value of values) size += LENGTH_BYTES + (value === null ? 0 : Buffer.byteLength(value, 'utf8'));
  const bytes = Buffer.allocUnsafe(size);
  let at = bytes.writeUInt8(prefix, 0);
  for (const value of values) {
    const written = value === null ? 0 : bytes.write(value, at + LENGTH_BYTES, 'utf8');
    at = bytes.writeUInt32BE(written, at) + written;
  }
  return bytes;
}
