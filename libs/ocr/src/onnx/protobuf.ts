/** One field of a protobuf message: a number for varints, the raw bytes for everything that has a length. */
export type ProtoField = { number: number; value: number } | { number: number; bytes: Uint8Array };

const VARINT = 0;
const FIXED64 = 1;
const LENGTH = 2;
const FIXED32 = 5;

/** Reads an unsigned varint at `at`; exact up to 2^53, which is far above any size or tag in a model file. */
function readVarint(bytes: Uint8Array, at: number): [value: number, next: number] {
  let value = 0;
  let scale = 1;
  for (;;) {
    const byte = bytes[at++];
    if (byte === undefined) throw new RangeError('protobuf message ends inside a number');
    value += (byte & 0x7f) * scale;
    if (byte < 0x80) return [value, at];
    scale *= 128;
  }
}

/** Walks the fields of one protobuf message without copying; nested messages are skipped by their length. */
export function* readFields(bytes: Uint8Array): Generator<ProtoField> {
  let at = 0;
  while (at < bytes.length) {
    const [tag, afterTag] = readVarint(bytes, at);
    const number = Math.floor(tag / 8);
    const wireType = tag % 8;
    if (wireType === VARINT) {
      const [value, next] = readVarint(bytes, afterTag);
      yield { number, value };
      at = next;
      continue;
    }
    const [length, start] = sized(bytes, wireType, afterTag);
    if (start + length > bytes.length) throw new RangeError('protobuf message ends inside a field');
    yield { number, bytes: bytes.subarray(start, start + length) };
    at = start + length;
  }
}

function sized(bytes: Uint8Array, wireType: number, at: number): [length: number, start: number] {
  if (wireType === LENGTH) return readVarint(bytes, at);
  if (wireType === FIXED64) return [8, at];
  if (wireType === FIXED32) return [4, at];
  throw new RangeError(`protobuf wire type ${wireType} is not known`);
}

/** The nested messages (or strings) of one field number. */
export function messagesOf(bytes: Uint8Array, number: number): Uint8Array[] {
  const found: Uint8Array[] = [];
  for (const field of readFields(bytes)) if (field.number === number && 'bytes' in field) found.push(field.bytes);
  return found;
}

/** The first varint of one field number. */
export function numberOf(bytes: Uint8Array, number: number): number | undefined {
  for (const field of readFields(bytes)) if (field.number === number && 'value' in field) return field.value;
  return undefined;
}

/** Every varint of one repeated field, packed into one field or each in its own. */
export function readVarints(bytes: Uint8Array, number: number): number[] {
  const found: number[] = [];
  for (const field of readFields(bytes)) {
    if (field.number !== number) continue;
    if ('value' in field) found.push(field.value);
    else found.push(...unpack(field.bytes));
  }
  return found;
}

function unpack(bytes: Uint8Array): number[] {
  const values: number[] = [];
  for (let at = 0; at < bytes.length;) {
    const [value, next] = readVarint(bytes, at);
    values.push(value);
    at = next;
  }
  return values;
}

/** Encodes an unsigned varint. */
export function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  while (rest > 127) {
    bytes.push((rest % 128) | 0x80);
    rest = Math.floor(rest / 128);
  }
  bytes.push(rest);
  return Uint8Array.from(bytes);
}

/** Encodes a varint field. */
export function numberField(number: number, value: number): Uint8Array {
  return join(varint(number * 8 + VARINT), varint(value));
}

/** Encodes a string, bytes or nested message field; several parts are joined into one message. */
export function messageField(number: number, ...parts: (Uint8Array | string)[]): Uint8Array {
  const content = join(...parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'utf8') : part)));
  return join(varint(number * 8 + LENGTH), varint(content.length), content);
}

/** Joins encoded parts into one message. */
export function join(...parts: Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}
