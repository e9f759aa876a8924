import { ProblemError } from '@app/contracts';
import { DocumentError, probeDocument, sniff } from '@app/documents';

/**
 * Refuses what is no archive of documents. An OFD document is an archive in form, but its parts are no receipts.
 * @throws ProblemError `upload-not-archive`
 */
export async function assertArchive(bytes: Buffer): Promise<void> {
  if (sniff(bytes) !== 'application/zip' || !(await isRefusedAsArchive(bytes))) throw new ProblemError('upload-not-archive');
}

async function isRefusedAsArchive(bytes: Buffer): Promise<boolean> {
  try {
    await probeDocument(bytes);
    return false;
  } catch (error) {
    if (error instanceof DocumentError) return error.code === 'archive';
    throw error;
  }
}
