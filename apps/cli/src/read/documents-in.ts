import { open } from 'node:fs/promises';
import { DEFAULT_LIMITS, isOfd, readBatch, sniff } from '@app/documents';

/** A document to be read, or why there is none. An archive's documents are named by the archive and their path in it. */
export type FoundDocument = { file: string } & ({ bytes: Buffer; error?: undefined } | { error: string });

/** An archive may hold as much as some dozens of uploads. */
const MAX_ARCHIVE_BYTES = 5 * DEFAULT_LIMITS.maxBytes;

/** Every document of these files, in order, archives document by document. Each is loaded only when it is asked for. */
export async function* documentsIn(files: readonly string[]): AsyncGenerator<FoundDocument> {
  for (const file of files) {
    try {
      yield* documentsOf(file, await load(file));
    } catch (error) {
      yield { file, error: error instanceof Error ? error.message : String(error) };
    }
  }
}

async function* documentsOf(file: string, bytes: Buffer): AsyncGenerator<FoundDocument> {
  if (sniff(bytes) !== 'application/zip' || (await isOfd(bytes))) {
    yield bytes.length > DEFAULT_LIMITS.maxBytes ? { file, error: tooLarge(bytes.length, DEFAULT_LIMITS.maxBytes) } : { file, bytes };
    return;
  }
  for await (const entry of readBatch(bytes, { maxEntryBytes: DEFAULT_LIMITS.maxBytes }))
    yield { file: `${file}/${entry.name}`, bytes: entry.bytes };
}

/** Looks at the size before reading, so that a disk image given by mistake does not fill the memory. */
async function load(file: string): Promise<Buffer> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    if (size > MAX_ARCHIVE_BYTES) throw new Error(tooLarge(size, MAX_ARCHIVE_BYTES));
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}

function tooLarge(size: number, limit: number): string {
  return `${size} bytes is more than the limit of ${limit}`;
}
