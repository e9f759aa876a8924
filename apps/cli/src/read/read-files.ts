import type { Reading } from '@app/contracts';
import { documentsIn, type FoundDocument } from './documents-in';

/** What one document was read as; `error` says why it could not be opened at all. */
export type FileReading = { file: string } & (({ error?: undefined } & Reading) | { error: string });

/** What `readFiles` needs of a reader. */
export interface Reader {
  read(bytes: Buffer): Promise<Reading>;
}

/**
 * Reads files, and the documents in archives, `jobs` at a time. Results are reported in the order of the arguments, so that output is the same
 * on every run; answers how many could not be opened.
 */
export async function readFiles(
  reader: Reader,
  files: readonly string[],
  { jobs, onResult }: { jobs: number; onResult: (result: FileReading) => void },
): Promise<number> {
  const waiting = new Map<number, FileReading>();
  const documents = documentsIn(files);
  let [taken, reported, failed] = [0, 0, 0];
  const work = async (): Promise<void> => {
    for (let next = await documents.next(); next.done !== true; next = await documents.next()) {
      const place = taken;
      taken += 1;
      waiting.set(place, await readOne(reader, next.value));
      for (let result = waiting.get(reported); result; result = waiting.get(reported)) {
        waiting.delete(reported);
        reported += 1;
        if (result.error !== undefined) failed += 1;
        onResult(result);
      }
    }
  };
  await Promise.all(Array.from({ length: jobs }, work));
  return failed;
}

async function readOne(reader: Reader, { file, ...found }: FoundDocument): Promise<FileReading> {
  if (found.error !== undefined) return { file, error: found.error };
  try {
    return { file, ...(await reader.read(found.bytes)) };
  } catch (error) {
    return { file, error: error instanceof Error ? error.message : String(error) };
  }
}
