import { statSync } from 'node:fs';

const GROUP_WRITES = 0o020;
const GROUP_READS = 0o040;
const OTHERS = 0o007;

/** Variables whose file must be closed to everybody else: with the database, its content opens everything. */
export const CLOSED_FILES: ReadonlySet<string> = new Set(['PIAOYAN_MASTER_KEY']);

/** What stands against reading a secret from this file; null when nothing does. @throws as `stat` does */
export function openness(path: string): string | null {
  const { mode, uid } = statSync(path);
  return opennessOf({ mode, uid }, process.getuid?.() ?? 0);
}

/**
 * A group may read a file of somebody else's, as Kubernetes mounts secrets: root's, and open to the pod by its group alone. Whoever owns the
 * file, and root, needs no group.
 */
export function opennessOf({ mode, uid }: { mode: number; uid: number }, reader: number): string | null {
  if ((mode & OTHERS) !== 0) return 'every user of this machine may use it: chmod 0400';
  if ((mode & GROUP_WRITES) !== 0) return 'its group may write it: chmod 0400';
  const isReadByGroup = reader !== 0 && uid !== reader;
  if ((mode & GROUP_READS) !== 0 && !isReadByGroup) return 'its group may read it, and its owner does: chmod 0400';
  return null;
}
