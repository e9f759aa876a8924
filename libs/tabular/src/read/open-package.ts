import { constants, crc32, inflateRawSync } from 'node:zlib';
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl';
import { TableError } from './table.error';

/** The parts of a workbook's package by their names. */
export interface Package {
  /** A part's text; null where there is none of that name. @throws TableError `damaged` */
  read(name: string): string | null;
}

interface Part {
  dataOffset: number;
  storedBytes: number;
  bytes: number;
  isDeflated: boolean;
  crc: number;
}

const STORED = 0;
const DEFLATED = 8;
const ENCRYPTED_FLAGS = 0x41;

/** A workbook has some ten parts, with pictures and many sheets some hundred. */
const MAX_PARTS = 1_000;
/** A sheet of 10,000 rows and ten columns takes some five MiB, and Excel's own words are more than half of it. */
const MAX_PART_BYTES = 67_108_864;
/** All parts that are read: a sheet, its strings and styles. */
const MAX_READ_BYTES = 100_663_296;
/** A sheet's words repeat and are denser than most text, some twenty times; deflate itself ends at a thousand. */
const MAX_RATIO = 200;
const DENSE_BYTES = 1_048_576;

/**
 * Opens a ZIP package that may be hostile. Nothing is inflated before all its entries were listed within bounds; what is inflated never grows
 * beyond what the list says. Only XML parts are kept, and no entry is ever written anywhere.
 * @throws TableError `damaged`, `encrypted` or `too-large`
 */
export async function openPackage(bytes: Buffer): Promise<Package> {
  try {
    const parts = await listParts(await fromBufferPromise(bytes, { decodeStrings: false, validateEntrySizes: false, lazyEntries: true }));
    return packageOf(bytes, parts);
  } catch (error) {
    if (error instanceof TableError) throw error;
    throw broken('its list of parts cannot be read', { cause: error });
  }
}

async function listParts(zip: ZipFile): Promise<Map<string, Part>> {
  if (zip.entryCount > MAX_PARTS) throw new TableError('too-large', `the workbook has more than ${MAX_PARTS} parts`);
  const parts = new Map<string, Part>();
  let count = 0;
  for await (const entry of zip.eachEntry()) {
    count += 1;
    if (count > MAX_PARTS) throw new TableError('too-large', `the workbook has more than ${MAX_PARTS} parts`);
    const name = entry.fileNameRaw.toString('utf8').replaceAll('\\', '/');
    if (!/\.(?:xml|rels)$/i.test(name)) continue;
    if (parts.has(name)) throw broken('two parts have one name');
    parts.set(name, await checkedPart(zip, entry));
  }
  return parts;
}

async function checkedPart(zip: ZipFile, entry: Entry): Promise<Part> {
  const { compressionMethod, compressedSize, uncompressedSize } = entry;
  if ((entry.generalPurposeBitFlag & ENCRYPTED_FLAGS) !== 0) throw new TableError('encrypted', 'the workbook is encrypted');
  if (compressionMethod !== STORED && compressionMethod !== DEFLATED) throw broken(`compression method ${compressionMethod} is not read`);
  if (uncompressedSize > MAX_PART_BYTES) throw new TableError('too-large', `a part of the workbook has more than ${MAX_PART_BYTES} bytes`);
  if (uncompressedSize > DENSE_BYTES && uncompressedSize > MAX_RATIO * compressedSize) {
    throw new TableError('too-large', `a part of the workbook inflates more than ${MAX_RATIO} times`);
  }
  const header = await zip.readLocalFileHeaderPromise(entry);
  if (!header.fileName.equals(entry.fileNameRaw)) throw broken('a part has two names');
  return {
    dataOffset: header.fileDataStart,
    storedBytes: compressedSize,
    bytes: uncompressedSize,
    isDeflated: compressionMethod === DEFLATED,
    crc: entry.crc32,
  };
}

function packageOf(source: Buffer, parts: ReadonlyMap<string, Part>): Package {
  let left = MAX_READ_BYTES;
  return {
    read: (name) => {
      const part = parts.get(name);
      if (part === undefined) return null;
      left -= part.bytes;
      if (left < 0) throw new TableError('too-large', `the workbook inflates to more than ${MAX_READ_BYTES} bytes`);
      return decoded(inflated(source, part));
    },
  };
}

function inflated(source: Buffer, { dataOffset, storedBytes, bytes, isDeflated, crc }: Part): Buffer {
  const stored = source.subarray(dataOffset, dataOffset + storedBytes);
  const whole = isDeflated ? inflatedWithin(stored, bytes) : stored;
  if (whole.length !== bytes || crc32(whole) !== crc) throw broken('a part is not what the list says');
  return whole;
}

function inflatedWithin(stored: Buffer, bytes: number): Buffer {
  try {
    return inflateRawSync(stored, { maxOutputLength: Math.max(1, bytes), finishFlush: constants.Z_FINISH });
  } catch (error) {
    throw broken('a part cannot be inflated', { cause: error });
  }
}

/** Every program writes UTF-8; anything else would be another program's lie or a trap. */
function decoded(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw broken('a part is not UTF-8', { cause: error });
  }
}

function broken(why: string, options?: ErrorOptions): TableError {
  return new TableError('damaged', `the workbook is damaged: ${why}`, options);
}
