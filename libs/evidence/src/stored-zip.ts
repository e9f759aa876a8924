import { crc32 } from 'node:zlib';
import { PackError } from './pack.error';

/** One file of a pack. */
export interface PackPart {
  /** Lower-case ASCII with `/` between folders. */
  name: string;
  bytes: Buffer;
}

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const LOCAL_BYTES = 30;
const CENTRAL_BYTES = 46;
const END_BYTES = 22;
const VERSION = 20;
/** 1980-01-01, the first day that ZIP knows: the manifest says when. */
const FIRST_DAY = 0x21;
const MOST_PARTS = 10_000;
const NAME = /^[a-z0-9][a-z0-9._-]*(\/[a-z0-9][a-z0-9._-]*)*$/i;

/** The parts as a ZIP file that holds them uncompressed, so that equal parts are equal bytes; every tool opens it. */
export function writeStoredZip(parts: readonly PackPart[]): Buffer {
  const files: Buffer[] = [];
  const list: Buffer[] = [];
  let at = 0;
  for (const { name, bytes } of parts) {
    const head = headerOf(name, bytes);
    const central = Buffer.alloc(CENTRAL_BYTES);
    central.writeUInt32LE(CENTRAL, 0);
    central.writeUInt16LE(VERSION, 4);
    head.copy(central, 6, 4, LOCAL_BYTES);
    central.writeUInt32LE(at, 42);
    list.push(central, Buffer.from(name));
    files.push(head, Buffer.from(name), bytes);
    at += LOCAL_BYTES + Buffer.byteLength(name) + bytes.length;
  }
  const size = list.reduce((sum, { length }) => sum + length, 0);
  const end = Buffer.alloc(END_BYTES);
  end.writeUInt32LE(END, 0);
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...files, ...list, end]);
}

/**
 * The parts of a ZIP file as `writeStoredZip` makes it. Anything else in it is refused, so that no other tool can see other content.
 * @throws PackError
 */
export function readStoredZip(zip: Buffer): PackPart[] {
  const parts: PackPart[] = [];
  let at = 0;
  while (at + LOCAL_BYTES <= zip.length && zip.readUInt32LE(at) === LOCAL) {
    if (parts.length >= MOST_PARTS) throw new PackError('malformed');
    const nameBytes = zip.readUInt16LE(at + 26);
    const size = zip.readUInt32LE(at + 18);
    const start = at + LOCAL_BYTES + nameBytes;
    if (start + size > zip.length) throw new PackError('malformed');
    const name = zip.toString('latin1', at + LOCAL_BYTES, start);
    if (!NAME.test(name) || parts.some((part) => part.name === name)) throw new PackError('malformed');
    parts.push({ name, bytes: zip.subarray(start, start + size) });
    at = start + size;
  }
  // Byte for byte: one file, one reading of it.
  if (parts.length === 0 || !writeStoredZip(parts).equals(zip)) throw new PackError('malformed');
  return parts;
}

function headerOf(name: string, bytes: Buffer): Buffer {
  const head = Buffer.alloc(LOCAL_BYTES);
  head.writeUInt32LE(LOCAL, 0);
  head.writeUInt16LE(VERSION, 4);
  head.writeUInt16LE(FIRST_DAY, 12);
  head.writeUInt32LE(crc32(bytes), 14);
  head.writeUInt32LE(bytes.length, 18);
  head.writeUInt32LE(bytes.length, 22);
  head.writeUInt16LE(Buffer.byteLength(name), 26);
  return head;
}
