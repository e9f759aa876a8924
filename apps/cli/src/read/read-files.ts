import { open } from 'node:fs/promises';
import type { Reading } from '@app/contracts';
import { DEFAULT_LIMITS } from '@app/documents';

/** What one file was read as; `error` says why it could not be opened at all. */
export type FileReading = { file: string } & (({ error?: undefined } & Reading) | { error: string });

/** What `readFiles` needs of a reader. */
export interface Reader {
  read(bytes: Buffer): Promise<Reading>;
}

/** Reads files, `jobs` at a time. Results are reported in the order of the arguments, so that output is the same on every run. */
export async function readFiles(
  reader: Reader,
  files: readonly string[],
  { jobs, onResult }: { jobs: number; onResult: (result: FileReading) => void },
): Promise<FileReading[]> {
  const results: (FileReading | undefined)[] = [];
  const queue = files.entries();
  let reported = 0;
  const work = async (): Promise<void> => {
    for (const [index, file] of queue) {
      results[index] = await readFile(reader, file);
      for (let next = results[reported]; next; next = results[reported]) {
        onResult(next);
        reported += 1;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(jobs, files.length) }, work));
  return results.filter((result) => result !== undefined);
}

async function readFile(reader: Reader, file: string): Promise<FileReading> {
  try {
    return { file, ...(await reader.read(await load(file))) };
  } catch (error) {
    return { file, error: error instanceof Error ? error.message : String(error) };
  }
}

/** Looks at the size before reading, so that a disk image given by mistake does not fill the memory. */
async function load(file: string): Promise<Buffer> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    if (size > DEFAULT_LIMITS.maxBytes) throw new Error(`${size} bytes is more than the limit of ${DEFAULT_LIMITS.maxBytes}`);
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}
