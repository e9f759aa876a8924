/** The entries of an OFD archive, by their paths in it. No two entries may share one: whoever unpacks the archive sees to it. */
export interface OfdEntries {
  /** Of every entry that is a file, without a slash in front. */
  readonly paths: readonly string[];
  /** An entry's bytes; null where there is none of this path. */
  read(path: string): Uint8Array | null;
}

/** A path as OFD writes it (ST_Loc): from the archive's root behind a slash, else from the folder of the file that names it. Null for one that leads out. */
export function resolvePath(location: string, from: string): string | null {
  const steps = location.startsWith('/') ? [] : from.split('/').slice(0, -1);
  for (const step of location.trim().split('/')) {
    if (step === '..' && steps.pop() === undefined) return null;
    if (step !== '' && step !== '.' && step !== '..') steps.push(step);
  }
  return steps.join('/');
}
