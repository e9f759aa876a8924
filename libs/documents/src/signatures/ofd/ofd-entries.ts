/** The entries of an OFD archive, by their paths in it. No two entries may share one: whoever unpacks the archive sees to it. */
export interface OfdEntries {
  /** Of every entry that is a file, without a slash in front. */
  readonly paths: readonly string[];
  /** An entry's bytes; null where there is none of this path. */
  read(path: string): Uint8Array | null;
}

/**
 * A path as OFD writes it (ST_Loc): from the archive's root behind a slash, else from the folder of the file that names it. Null for none, and
 * for one that leads out.
 */
export function resolvePath(location: string, from: string): string | null {
  const named = location.trim();
  const steps = named.startsWith('/') ? [] : from.split('/').slice(0, -1);
  let leads = false;
  for (const step of named.split('/')) {
    if (step === '' || step === '.') continue;
    leads = true;
    if (step !== '..') steps.push(step);
    else if (steps.pop() === undefined) return null;
  }
  return leads ? steps.join('/') : null;
}
