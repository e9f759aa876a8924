import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** A file of certificates that the operator installed. */
export interface RootFile {
  name: string;
  bytes: Uint8Array;
}

/**
 * Every file of a folder, in the order of their names. Names with a dot in front are none of the operator's: a mounted volume has them. What is
 * in the files is for `TrustedRoots` to say. Throws where the folder cannot be read.
 */
export function readRootFiles(folder: string): RootFile[] {
  return readdirSync(folder)
    .filter((name) => !name.startsWith('.') && statSync(join(folder, name)).isFile())
    .sort()
    .map((name) => ({ name, bytes: new Uint8Array(readFileSync(join(folder, name))) }));
}
