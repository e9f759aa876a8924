import { randomUUID } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Check, Finding } from './check';

/** A file can be written, flushed to the disk and removed where the receipts are kept. */
export function storageCheck(folder: string | undefined): Check {
  return { name: 'receipt storage', run: () => examineStorage(folder) };
}

async function examineStorage(folder: string | undefined): Promise<Finding> {
  if (folder === undefined) return { state: 'skip', detail: 'PIAOYAN_STORAGE_DIR is not set' };
  const path = join(folder, `.doctor-${randomUUID()}`);
  try {
    const file = await open(path, 'wx', 0o600);
    try {
      await file.writeFile('piaoyan doctor');
      await file.sync();
    } finally {
      await file.close();
      await rm(path, { force: true });
    }
    return { state: 'ok', detail: folder };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return {
      state: 'fail',
      detail: `${folder}: ${code ?? String(error)}`,
      advice: ADVICE[code ?? ''] ?? 'look at the volume and its mount',
    };
  }
}

const ADVICE: Record<string, string> = {
  ENOENT: 'create the folder, or mount the volume',
  EACCES: 'let the user of the process (uid 10001 in the image) write there',
  EROFS: 'mount the volume read-write',
  ENOSPC: 'free space on the volume',
};
