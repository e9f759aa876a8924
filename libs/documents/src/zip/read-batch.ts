import type { ArchiveLimits } from './archive-limits';
import { openArchive } from './open-archive';

/** One file of a batch: its path in the archive, and its bytes. */
export interface BatchFile {
  name: string;
  bytes: Buffer;
}

/** What operating systems put beside people's files. */
const LITTER = /(?:^|\/)(?:__MACOSX\/.*|\._[^/]*|\.DS_Store|Thumbs\.db|desktop\.ini)$/iu;

/**
 * The files of an archive that holds several documents, in its order, inflated one at a time. Archives inside it are given as they are: an OFD
 * document is one, and a batch in a batch is for the caller to refuse. Throws `DocumentError`, before the first file for anything that the list
 * of files shows.
 */
export async function* readBatch(bytes: Buffer, limits: Partial<ArchiveLimits> = {}): AsyncGenerator<BatchFile> {
  const archive = await openArchive(bytes, limits);
  for (const name of archive.names()) {
    if (LITTER.test(name)) continue;
    const file = await archive.read(name);
    if (file) yield { name, bytes: file };
  }
}
