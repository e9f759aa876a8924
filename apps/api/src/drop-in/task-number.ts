/**
 * An id as digits only, as clients expect of a task number: the 122 bits of a UUIDv7 that are not fixed, as a decimal number of at most 37
 * digits (35 until far beyond this century). Two ids never share one.
 */
export function taskNumberOf(id: string): string {
  const hex = id.replaceAll('-', '');
  // The 13th digit is the version; the two highest bits of the 17th are the variant.
  const time = BigInt(`0x${hex.slice(0, 12)}`);
  const middle = BigInt(`0x${hex.slice(13, 16)}`);
  const rest = BigInt(`0x${hex.slice(16)}`) & ((1n << 62n) - 1n);
  return String((time << 74n) | (middle << 62n) | rest);
}
