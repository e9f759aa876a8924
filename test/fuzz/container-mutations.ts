import { deflateSync, inflateSync } from 'node:zlib';
import type { Random } from '@app/samples';
import { unzipSync, zipSync } from 'fflate';
import { BYTE_MUTATIONS } from './byte-mutations';
import type { Mutation, Mutations } from './mutation';
import { TOKEN_MUTATIONS } from './token-mutations';

/** Fields of a ZIP's headers: signature of the header, offset of the field, its bytes. */
const ZIP_FIELDS = [
  ...(['PK\x01\x02'] as const).flatMap((header) => [4, 6, 8, 10, 28, 30, 32, 34, 36].map((at) => ({ header, at, size: 2 }))),
  ...(['PK\x01\x02'] as const).flatMap((header) => [16, 20, 24, 38, 42].map((at) => ({ header, at, size: 4 }))),
  ...(['PK\x03\x04'] as const).flatMap((header) => [4, 6, 8, 26, 28].map((at) => ({ header, at, size: 2 }))),
  ...(['PK\x03\x04'] as const).flatMap((header) => [14, 18, 22].map((at) => ({ header, at, size: 4 }))),
  ...(['PK\x05\x06'] as const).flatMap((header) => [4, 6, 8, 10, 20].map((at) => ({ header, at, size: 2 }))),
  ...(['PK\x05\x06'] as const).flatMap((header) => [12, 16].map((at) => ({ header, at, size: 4 }))),
];

const NAMES = [
  '../../etc/passwd',
  '/OFD.xml',
  'C:\\OFD.xml',
  'OFD.xml',
  'ofd.XML',
  'a\0b',
  '',
  'Doc_0/Document.xml',
  '__proto__',
  '.'.repeat(300),
] as const;

/** Ways that open a container, spoil what is inside, and close it again so that its own checks pass; and ways that spoil the container. */
export const CONTAINER_MUTATIONS: Mutations = {
  insideZip: (bytes, chance, other) =>
    rezipped(bytes, (files) => {
      const name = chance.pick(Object.keys(files) as [string, ...string[]]);
      const inner = Buffer.from(files[name] ?? []);
      if (inner.length > 0)
        files[name] = new Uint8Array(anyOf({ ...BYTE_MUTATIONS, ...TOKEN_MUTATIONS }, chance)(inner, chance, other) ?? inner);
    }),
  insideZipText: (bytes, chance, other) =>
    rezipped(bytes, (files) => {
      const name = chance.pick(Object.keys(files).filter((each) => each.endsWith('.xml')) as [string, ...string[]]);
      const inner = Buffer.from(files[name] ?? []);
      if (inner.length > 0) files[name] = new Uint8Array(anyOf(TOKEN_MUTATIONS, chance)(inner, chance, other) ?? inner);
    }),
  renamedEntry: (bytes, chance) =>
    rezipped(bytes, (files) => {
      const name = chance.pick(Object.keys(files) as [string, ...string[]]);
      files[chance.pick(NAMES)] = files[name] ?? new Uint8Array();
      Reflect.deleteProperty(files, name);
    }),
  swappedEntries: (bytes, chance) =>
    rezipped(bytes, (files) => {
      const names = Object.keys(files) as [string, ...string[]];
      const [one, other] = [chance.pick(names), chance.pick(names)];
      files[one] = files[other] ?? new Uint8Array();
    }),
  lostEntry: (bytes, chance) =>
    rezipped(bytes, (files) => void Reflect.deleteProperty(files, chance.pick(Object.keys(files) as [string, ...string[]]))),
  zipField(bytes, chance) {
    const { header, at, size } = chance.pick(ZIP_FIELDS as [(typeof ZIP_FIELDS)[0], ...typeof ZIP_FIELDS]);
    const copy = Buffer.from(bytes);
    const places: number[] = [];
    for (let place = copy.indexOf(header, 0, 'latin1'); place >= 0; place = copy.indexOf(header, place + 4, 'latin1'))
      places.push(place + at);
    const place = places[chance.int(0, places.length - 1)];
    if (place === undefined || place + size > copy.length) return null;
    copy.writeUIntLE(chance.pick([0, 1, 8, 0xff, 0xffff, size === 2 ? 0x41 : 0xffffffff, chance.int(0, 0xffff)]), place, size);
    return copy;
  },
  insidePdfStream(bytes, chance, other) {
    const text = bytes.toString('latin1');
    const streams = [...text.matchAll(/\/Length (\d+)[^>]*?>>\s*stream\r?\n/gu)].filter(({ 0: head }) => head.includes('FlateDecode'));
    const stream = streams[chance.int(0, streams.length - 1)];
    if (!stream) return null;
    const from = stream.index + stream[0].length;
    const to = from + Number(stream[1]);
    const inner = inflated(bytes.subarray(from, to));
    if (!inner || inner.length === 0) return null;
    const spoilt = anyOf({ ...BYTE_MUTATIONS, ...TOKEN_MUTATIONS, ...TOKEN_MUTATIONS }, chance)(inner, chance, other) ?? inner;
    const packed = deflateSync(spoilt);
    const head = stream[0].replace(/\/Length \d+/u, `/Length ${packed.length}`);
    return Buffer.concat([bytes.subarray(0, stream.index), Buffer.from(head, 'latin1'), packed, bytes.subarray(to)]);
  },
};

function rezipped(bytes: Buffer, change: (files: Record<string, Uint8Array>) => void): Buffer | null {
  if (!bytes.subarray(0, 4).equals(Buffer.from('PK\x03\x04', 'latin1'))) return null;
  try {
    const files = unzipSync(new Uint8Array(bytes));
    if (Object.keys(files).length === 0) return null;
    change(files);
    return Buffer.from(zipSync(files, { mtime: '2026-01-01T00:00:00' }));
  } catch {
    // A container that was spoilt before cannot be opened any more.
    return null;
  }
}

function inflated(bytes: Buffer): Buffer | null {
  try {
    return inflateSync(bytes, { maxOutputLength: 16_777_216 });
  } catch {
    return null;
  }
}

function anyOf(mutations: Mutations, chance: Random): Mutation {
  const [first, ...others] = Object.values(mutations);
  if (!first) throw new Error('no mutation to choose from');
  return chance.pick([first, ...others]);
}
