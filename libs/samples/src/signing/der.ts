/*
 * ASN.1 values in DER, as much as certificates and signatures take. Written out by hand, so that what is signed here is not encoded by the
 * code that is to read it.
 */

export function sequence(...parts: readonly Uint8Array[]): Buffer {
  return tagged(0x30, ...parts);
}

/** A SET OF, whose members DER puts in the order of their bytes. */
export function setOf(...parts: readonly Uint8Array[]): Buffer {
  return tagged(0x31, ...[...parts].sort((one, other) => Buffer.compare(one, other)));
}

export function integer(value: number | bigint | Uint8Array): Buffer {
  const bytes = typeof value === 'object' ? Buffer.from(value) : fromHex(value.toString(16));
  const first = bytes.findIndex((byte) => byte !== 0);
  const shortest = first < 0 ? Buffer.alloc(1) : bytes.subarray(first);
  return tagged(0x02, ...((shortest[0] ?? 0) > 0x7f ? [Buffer.alloc(1)] : []), shortest);
}

export function objectIdentifier(text: string): Buffer {
  const [first = 0, second = 0, ...rest] = text.split('.').map(Number);
  return tagged(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

export function octets(bytes: Uint8Array): Buffer {
  return tagged(0x04, bytes);
}

/** A BIT STRING of whole bytes, or of bytes whose last so many bits are not used. */
export function bits(bytes: Uint8Array, unused = 0): Buffer {
  return tagged(0x03, Buffer.from([unused]), bytes);
}

export function boolean(value: boolean): Buffer {
  return tagged(0x01, Buffer.from([value ? 0xff : 0]));
}

export function nothing(): Buffer {
  return tagged(0x05);
}

export function utf8(text: string): Buffer {
  return tagged(0x0c, Buffer.from(text, 'utf8'));
}

export function ia5(text: string): Buffer {
  return tagged(0x16, Buffer.from(text, 'latin1'));
}

export function printable(text: string): Buffer {
  return tagged(0x13, Buffer.from(text, 'latin1'));
}

export function utcTime(date: Date): Buffer {
  return tagged(0x17, Buffer.from(timeText(date).slice(2), 'latin1'));
}

export function generalizedTime(date: Date): Buffer {
  return tagged(0x18, Buffer.from(timeText(date), 'latin1'));
}

/** `[number]` around whole values, or in place of their own tag. */
export function explicit(number: number, ...parts: readonly Uint8Array[]): Buffer {
  return tagged(0xa0 | number, ...parts);
}

export function tagged(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag]), length(content.length), content]);
}

/** 20260131093000Z. */
export function timeText(date: Date): string {
  return `${date.toISOString().slice(0, 19).replaceAll(/[-:T]/gu, '')}Z`;
}

function length(value: number): Buffer {
  if (value < 0x80) return Buffer.from([value]);
  const bytes = fromHex(value.toString(16));
  return Buffer.concat([Buffer.from([0x80 | bytes.length]), bytes]);
}

function fromHex(hex: string): Buffer {
  return Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
}

function base128(value: number): number[] {
  const digits = [value & 0x7f];
  for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128)) digits.unshift((rest & 0x7f) | 0x80);
  return digits;
}
