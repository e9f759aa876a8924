import type { Random } from '@app/samples';
import type { Mutations } from './mutation';

/** Bytes that end strings, overflow counters and change signs. */
const EDGES = [0x00, 0x01, 0x7f, 0x80, 0xff, 0x0a, 0x20, 0x3c] as const;

/** Ways that know nothing of what the bytes mean. */
export const BYTE_MUTATIONS: Mutations = {
  flipBits(bytes, chance) {
    const copy = Buffer.from(bytes);
    for (let left = chance.int(1, 16); left > 0; left -= 1) {
      const at = chance.int(0, copy.length - 1);
      copy.writeUInt8(copy.readUInt8(at) ^ (1 << chance.int(0, 7)), at);
    }
    return copy;
  },
  edgeBytes(bytes, chance) {
    const copy = Buffer.from(bytes);
    const from = chance.int(0, copy.length - 1);
    return copy.fill(chance.pick(EDGES), from, Math.min(copy.length, from + chance.int(1, 8)));
  },
  noise(bytes, chance) {
    const copy = Buffer.from(bytes);
    const { from, to } = piece(bytes, chance, 200);
    for (let at = from; at < to; at += 1) copy.writeUInt8(chance.int(0, 255), at);
    return copy;
  },
  truncate: (bytes, chance) => bytes.subarray(0, chance.int(0, bytes.length - 1)),
  behead: (bytes, chance) => bytes.subarray(chance.int(1, Math.min(bytes.length, 64))),
  dropPiece(bytes, chance) {
    const { from, to } = piece(bytes, chance, 2_000);
    return Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]);
  },
  repeatPiece(bytes, chance) {
    const { from, to } = piece(bytes, chance, 2_000);
    const times = chance.int(1, 50);
    return Buffer.concat([bytes.subarray(0, to), ...Array<Buffer>(times).fill(bytes.subarray(from, to)), bytes.subarray(to)]);
  },
  movePiece(bytes, chance) {
    const { from, to } = piece(bytes, chance, 2_000);
    const rest = Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]);
    const at = chance.int(0, rest.length);
    return Buffer.concat([rest.subarray(0, at), bytes.subarray(from, to), rest.subarray(at)]);
  },
  splice(bytes, chance, other) {
    const at = chance.int(0, bytes.length);
    const { from, to } = piece(other, chance, 5_000);
    return Buffer.concat([bytes.subarray(0, at), other.subarray(from, to), bytes.subarray(at + chance.int(0, to - from))]);
  },
  graft: (bytes, chance, other) =>
    Buffer.concat([bytes.subarray(0, chance.int(0, bytes.length)), other.subarray(chance.int(0, other.length))]),
  append: (bytes, _, other) => Buffer.concat([bytes, other]),
  prepend: (bytes, _, other) => Buffer.concat([other, bytes]),
};

function piece(bytes: Buffer, chance: Random, longest: number): { from: number; to: number } {
  const from = chance.int(0, Math.max(0, bytes.length - 1));
  return { from, to: Math.min(bytes.length, from + chance.int(1, longest)) };
}
