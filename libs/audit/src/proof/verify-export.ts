import { createReadStream } from 'node:fs';
import { ExportVerifier } from './export-verifier';
import type { Witnesses } from './witnesses';
import { linesOf } from './lines-of';
import type { Verdict } from './verdict';

const CHUNK_BYTES = 256 * 1024;

/**
 * Checks an export on its own: no database, no network, memory for one segment.
 * @throws when the file cannot be read, or LineTooLongError
 */
export async function verifyExport(path: string, witnesses: Witnesses = {}): Promise<Verdict> {
  return verifyStream(createReadStream(path, { highWaterMark: CHUNK_BYTES }), witnesses);
}

/** The same for bytes that come from elsewhere. */
export async function verifyStream(chunks: AsyncIterable<Buffer>, witnesses: Witnesses = {}): Promise<Verdict> {
  const verifier = new ExportVerifier(witnesses);
  for await (const lines of linesOf(chunks)) {
    for (const { text, isEnded } of lines) verifier.accept(text, isEnded);
    if (verifier.isDecided) break;
  }
  return verifier.verdict();
}
