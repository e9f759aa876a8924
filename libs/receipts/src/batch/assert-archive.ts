import { ProblemError } from '@app/contracts';
import { DocumentError, isOfd, sniff } from '@app/documents';

/**
 * Refuses what is no archive of documents. An OFD document is an archive in form, but its parts are no receipts.
 * @throws ProblemError `upload-not-archive`
 */
export async function assertArchive(bytes: Buffer): Promise<void> {
  if (sniff(bytes) !== 'application/zip' || (await isDocument(bytes))) throw new ProblemError('upload-not-archive');
}

/** What is wrong with an archive whose list cannot be read, its reader says. */
async function isDocument(bytes: Buffer): Promise<boolean> {
  try {
    return await isOfd(bytes);
  } catch (error) {
    if (error instanceof DocumentError) return false;
    throw error;
  }
}
