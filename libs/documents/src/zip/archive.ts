import { promisify } from 'node:util';
import { constants, crc32, inflateRaw } from 'node:zlib';
import { brokenArchive } from './archive-failures';

const inflate = promisify(inflateRaw);

/** A file in an archive: its checked name, and where its bytes stand. Sizes and places are in bytes. */
export interface ArchiveEntry {
  name: string;
  isDirectory: boolean;
  /** Of its local header, where what belongs to it begins. */
  offset: number;
  dataOffset: number;
  storedBytes: number;
  /** Inflated. */
  bytes: number;
  isDeflated: boolean;
  crc: number;
}

/** An archive whose list of files was checked and whose files are inflated one by one. */
export class Archive {
  private readonly byName: ReadonlyMap<string, ArchiveEntry>;

  constructor(
    private readonly source: Buffer,
    readonly entries: readonly ArchiveEntry[],
  ) {
    this.byName = new Map(entries.filter(({ isDirectory }) => !isDirectory).map((entry) => [entry.name, entry]));
  }

  /** Whether a file has this name, in this case. */
  has(name: string): boolean {
    return this.byName.has(name);
  }

  /** The names of its files, in the archive's order. */
  names(): string[] {
    return [...this.byName.keys()];
  }

  /** A file's bytes; null where the archive has none of that name. Throws `DocumentError` when they are not what the list says. */
  async read(name: string): Promise<Buffer | null> {
    const entry = this.byName.get(name);
    return entry ? this.inflate(entry) : null;
  }

  private async inflate({ dataOffset, storedBytes, bytes, isDeflated, crc }: ArchiveEntry): Promise<Buffer> {
    const stored = this.source.subarray(dataOffset, dataOffset + storedBytes);
    const whole = isDeflated ? await inflated(stored, bytes) : stored;
    if (whole.length !== bytes || crc32(whole) !== crc) throw brokenArchive('a file in it is not what the list of files says');
    return whole;
  }
}

/** Never more than is announced, which was checked against the limits. */
async function inflated(stored: Buffer, bytes: number): Promise<Buffer> {
  try {
    return await inflate(stored, { maxOutputLength: Math.max(1, bytes), finishFlush: constants.Z_FINISH });
  } catch (error) {
    throw brokenArchive('a file in it cannot be inflated', { cause: error });
  }
}
