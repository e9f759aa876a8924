import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { crc32, deflateRawSync } from 'node:zlib';

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END_64 = 0x06064b50;
const LOCATOR_64 = 0x07064b50;
const END = 0x06054b50;
const VERSION_64 = 45;
/** Names are UTF-8. */
const FLAGS = 0x0800;
const STORED = 0;
const DEFLATED = 8;
/** 1980-01-01: the moment says nothing, and the same content gives the same archive. */
const DOS_DATE = 0x21;
const IN_EXTRA_32 = 0xffffffff;
const IN_END_64_16 = 0xffff;

interface Entry {
  name: Buffer;
  method: number;
  crc: number;
  size: number;
  packed: number;
  offset: bigint;
}

/** Writes a ZIP archive (APPNOTE 6.3, with ZIP64 places, so that neither its size nor its number of files is bound) file by file. */
export class ZipWriter {
  private readonly entries: Entry[] = [];
  private offset = 0n;

  constructor(private readonly out: Writable) {}

  /** `isPacked`: bytes that are packed already, such as an image, are stored as they are. */
  async add(name: string, bytes: Uint8Array, { isPacked = false }: { isPacked?: boolean } = {}): Promise<void> {
    const content = isPacked ? bytes : deflateRawSync(bytes);
    const entry: Entry = {
      name: Buffer.from(name),
      method: isPacked ? STORED : DEFLATED,
      crc: crc32(bytes),
      size: bytes.length,
      packed: content.length,
      offset: this.offset,
    };
    this.entries.push(entry);
    await this.write(localHeader(entry));
    await this.write(content);
  }

  /** Ends the archive; the stream is the caller's to end. */
  async finish(): Promise<void> {
    const start = this.offset;
    for (const entry of this.entries) await this.write(centralHeader(entry));
    await this.write(endOf({ start, size: this.offset - start, at: this.offset, count: this.entries.length }));
  }

  private async write(bytes: Uint8Array): Promise<void> {
    this.offset += BigInt(bytes.length);
    if (!this.out.write(bytes)) await once(this.out, 'drain');
  }
}

function localHeader({ name, method, crc, size, packed }: Entry): Buffer {
  const header = Buffer.alloc(30);
  header.writeUInt32LE(LOCAL, 0);
  header.writeUInt16LE(VERSION_64, 4);
  writeShared(header.subarray(6), { method, crc, packed, size });
  header.writeUInt16LE(name.length, 26);
  return Buffer.concat([header, name]);
}

function centralHeader({ name, method, crc, size, packed, offset }: Entry): Buffer {
  const header = Buffer.alloc(46);
  header.writeUInt32LE(CENTRAL, 0);
  header.writeUInt16LE(VERSION_64, 4);
  header.writeUInt16LE(VERSION_64, 6);
  writeShared(header.subarray(8), { method, crc, packed, size });
  header.writeUInt16LE(name.length, 28);
  const extra = Buffer.alloc(12);
  extra.writeUInt16LE(1, 0);
  extra.writeUInt16LE(8, 2);
  extra.writeBigUInt64LE(offset, 4);
  header.writeUInt16LE(extra.length, 30);
  header.writeUInt32LE(IN_EXTRA_32, 42);
  return Buffer.concat([header, name, extra]);
}

/** Flags to sizes, which both headers have in this order. */
function writeShared(at: Buffer, { method, crc, packed, size }: Pick<Entry, 'method' | 'crc' | 'packed' | 'size'>): void {
  at.writeUInt16LE(FLAGS, 0);
  at.writeUInt16LE(method, 2);
  at.writeUInt16LE(DOS_DATE, 6);
  at.writeUInt32LE(crc, 8);
  at.writeUInt32LE(packed, 12);
  at.writeUInt32LE(size, 16);
}

function endOf({ start, size, at, count }: { start: bigint; size: bigint; at: bigint; count: number }): Buffer {
  const end64 = Buffer.alloc(56);
  end64.writeUInt32LE(END_64, 0);
  end64.writeBigUInt64LE(44n, 4);
  end64.writeUInt16LE(VERSION_64, 12);
  end64.writeUInt16LE(VERSION_64, 14);
  end64.writeBigUInt64LE(BigInt(count), 24);
  end64.writeBigUInt64LE(BigInt(count), 32);
  end64.writeBigUInt64LE(size, 40);
  end64.writeBigUInt64LE(start, 48);
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(LOCATOR_64, 0);
  locator.writeBigUInt64LE(at, 8);
  locator.writeUInt32LE(1, 16);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(END, 0);
  end.writeUInt16LE(IN_END_64_16, 8);
  end.writeUInt16LE(IN_END_64_16, 10);
  end.writeUInt32LE(IN_EXTRA_32, 12);
  end.writeUInt32LE(IN_EXTRA_32, 16);
  return Buffer.concat([end64, locator, end]);
}
