import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl';
import { DocumentError } from '../document.error';
import { Archive, type ArchiveEntry } from './archive';
import { brokenArchive, encryptedArchive, unsafeArchive } from './archive-failures';
import { ARCHIVE_LIMITS, type ArchiveLimits, DENSE_BYTES } from './archive-limits';
import { checkEntryName, decodeEntryName } from './entry-name';

const STORED = 0;
const DEFLATED = 8;

/** Either bit of the flags that say that an entry is encrypted. */
const ENCRYPTED_FLAGS = 0x41;

/** The upper byte of `versionMadeBy` where attributes are a Unix file's mode. */
const MADE_BY_UNIX = 3;
const FILE_TYPE = 0o170000;
const REGULAR_FILE = 0o100000;
const DIRECTORY = 0o040000;

/**
 * Opens an archive that may be hostile: nothing is inflated before its whole list of files was found to be within the limits, to lead nowhere
 * else, and to give every byte to one file only. Throws `DocumentError`: `unsafe`, `encrypted`, `damaged` or `unsupported-type`.
 */
export async function openArchive(bytes: Buffer, limits: Partial<ArchiveLimits> = {}): Promise<Archive> {
  const bounds = { ...ARCHIVE_LIMITS, ...limits };
  try {
    const zip = await fromBufferPromise(bytes, { decodeStrings: false, validateEntrySizes: false, lazyEntries: true });
    const entries = await listEntries(zip, bounds);
    checkWhole(entries, bounds);
    return new Archive(bytes, entries);
  } catch (error) {
    if (error instanceof DocumentError) throw error;
    if (error instanceof Error && error.message.includes('encryption')) throw encryptedArchive();
    throw brokenArchive('its list of files cannot be read', { cause: error });
  }
}

async function listEntries(zip: ZipFile, limits: ArchiveLimits): Promise<ArchiveEntry[]> {
  if (zip.entryCount > limits.maxEntries) throw unsafeArchive(`it has more than ${limits.maxEntries} files`);
  const entries: ArchiveEntry[] = [];
  for await (const entry of zip.eachEntry()) {
    if (entries.length >= limits.maxEntries) throw unsafeArchive(`it has more than ${limits.maxEntries} files`);
    entries.push(await checkedEntry(zip, entry, limits));
  }
  return entries;
}

async function checkedEntry(zip: ZipFile, entry: Entry, limits: ArchiveLimits): Promise<ArchiveEntry> {
  const name = decodeEntryName(entry.fileNameRaw, entry.generalPurposeBitFlag);
  checkEntryName(name);
  if ((entry.generalPurposeBitFlag & ENCRYPTED_FLAGS) !== 0) throw encryptedArchive();
  checkFileType(entry);
  checkSizes(entry, limits);
  const header = await zip.readLocalFileHeaderPromise(entry);
  if (!header.fileName.equals(entry.fileNameRaw)) throw unsafeArchive('a file has two names');
  return {
    name,
    isDirectory: name.endsWith('/'),
    offset: entry.relativeOffsetOfLocalHeader,
    dataOffset: header.fileDataStart,
    storedBytes: entry.compressedSize,
    bytes: entry.uncompressedSize,
    isDeflated: entry.compressionMethod === DEFLATED,
    crc: entry.crc32,
  };
}

/** Links and devices have no place in a document. */
function checkFileType({ versionMadeBy, externalFileAttributes }: Entry): void {
  if (versionMadeBy >>> 8 !== MADE_BY_UNIX) return;
  const type = (externalFileAttributes >>> 16) & FILE_TYPE;
  if (type !== 0 && type !== REGULAR_FILE && type !== DIRECTORY) throw unsafeArchive('it has a link or a device');
}

function checkSizes({ compressionMethod, compressedSize, uncompressedSize }: Entry, limits: ArchiveLimits): void {
  if (compressionMethod !== STORED && compressionMethod !== DEFLATED) {
    throw new DocumentError('unsupported-type', `archives with compression method ${compressionMethod} are not read`);
  }
  if (compressionMethod === STORED && compressedSize !== uncompressedSize) throw brokenArchive('a file has two sizes');
  if (uncompressedSize > limits.maxEntryBytes) throw unsafeArchive(`a file in it has more than ${limits.maxEntryBytes} bytes`);
  if (uncompressedSize > DENSE_BYTES && uncompressedSize > limits.maxRatio * compressedSize) {
    throw unsafeArchive(`a file in it inflates more than ${limits.maxRatio} times`);
  }
}

function checkWhole(entries: readonly ArchiveEntry[], limits: ArchiveLimits): void {
  const total = entries.reduce((sum, { bytes }) => sum + bytes, 0);
  if (total > limits.maxTotalBytes) throw unsafeArchive(`it inflates to more than ${limits.maxTotalBytes} bytes`);
  if (new Set(entries.map(({ name }) => name)).size < entries.length) throw unsafeArchive('two files have the same name');
  const inOrder = [...entries].sort((a, b) => a.offset - b.offset);
  const overlaps = inOrder.some(({ offset }, i) => {
    const before = inOrder[i - 1];
    return before !== undefined && before.dataOffset + before.storedBytes > offset;
  });
  if (overlaps) throw unsafeArchive('two files share bytes');
}
