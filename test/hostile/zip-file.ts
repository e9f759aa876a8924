import { crc32, deflateRawSync } from 'node:zlib';

/** One entry, whose headers may say what is not true. */
export interface ZipEntry {
  name: string;
  /** The name in the header before the data, where it differs from the list's. */
  localName?: string;
  content?: string | Buffer;
  /** Already compressed, where the content is not. */
  deflated?: Buffer;
  /** Sizes, checksum, flags, method and attributes to claim instead of the true ones. */
  bytes?: number;
  storedBytes?: number;
  crc?: number;
  flags?: number;
  method?: number;
  madeBy?: number;
  attributes?: number;
  /** Points to the data of the entry with this index instead of its own. */
  sameDataAs?: number;
}

const UTF8 = 0x800;

/** A ZIP archive as its entries say; `count` is what its end claims to hold. */
export function zipFile(entries: readonly ZipEntry[], { count = entries.length }: { count?: number } = {}): Buffer {
  const parts: Buffer[] = [];
  const offsets: number[] = [];
  let at = 0;
  for (const entry of entries) {
    const known = entry.sameDataAs === undefined ? undefined : offsets[entry.sameDataAs];
    offsets.push(known ?? at);
    if (known !== undefined) continue;
    const name = Buffer.from(entry.localName ?? entry.name);
    const data = dataOf(entry);
    parts.push(header('PK\x03\x04', entry, name, 0), name, data);
    at += 30 + name.length + data.length;
  }
  const list = entries.flatMap((entry, i) => {
    const name = Buffer.from(entry.name);
    return [header('PK\x01\x02', entry, name, offsets[i] ?? 0), name];
  });
  const listBytes = list.reduce((sum, { length }) => sum + length, 0);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(Math.min(count, 0xffff), 8);
  end.writeUInt16LE(Math.min(count, 0xffff), 10);
  end.writeUInt32LE(listBytes, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, ...list, end]);
}

function dataOf({ content = '', deflated }: ZipEntry): Buffer {
  return deflated ?? deflateRawSync(Buffer.from(content));
}

function header(signature: 'PK\x03\x04' | 'PK\x01\x02', entry: ZipEntry, name: Buffer, offset: number): Buffer {
  const isLocal = signature === 'PK\x03\x04';
  const content = Buffer.from(entry.content ?? '');
  const made = Buffer.alloc(isLocal ? 30 : 46);
  made.write(signature, 'latin1');
  if (!isLocal) made.writeUInt16LE(entry.madeBy ?? 20, 4);
  const fields = made.subarray(isLocal ? 4 : 6);
  fields.writeUInt16LE(20, 0);
  fields.writeUInt16LE(entry.flags ?? UTF8, 2);
  fields.writeUInt16LE(entry.method ?? 8, 4);
  fields.writeUInt32LE(entry.crc ?? crc32(content), 10);
  fields.writeUInt32LE(entry.storedBytes ?? dataOf(entry).length, 14);
  fields.writeUInt32LE(entry.bytes ?? content.length, 18);
  fields.writeUInt16LE(name.length, 22);
  if (isLocal) return made;
  made.writeUInt32LE(entry.attributes ?? 0, 38);
  made.writeUInt32LE(offset, 42);
  return made;
}
