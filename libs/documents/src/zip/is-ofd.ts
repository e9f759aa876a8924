import { fromBufferPromise } from 'yauzl';
import { brokenArchive } from './archive-failures';
import { ARCHIVE_LIMITS } from './archive-limits';

/** The entry point of every OFD document, at the root of its archive. */
export const OFD_ENTRY = 'OFD.xml';

/**
 * Whether an archive is an OFD document, by its list of files alone. What is wrong with it is found when it is opened; throws `DocumentError`
 * where the list cannot be read.
 */
export async function isOfd(bytes: Buffer): Promise<boolean> {
  try {
    const zip = await fromBufferPromise(bytes, { decodeStrings: false, validateEntrySizes: false, lazyEntries: true });
    let seen = 0;
    for await (const { fileNameRaw } of zip.eachEntry()) {
      if (fileNameRaw.toString('latin1') === OFD_ENTRY) return true;
      seen += 1;
      if (seen >= ARCHIVE_LIMITS.maxEntries) return false;
    }
    return false;
  } catch (error) {
    throw brokenArchive('its list of files cannot be read', { cause: error });
  }
}
