import { readFile } from 'node:fs/promises';

/** Resident memory of one process, in MiB; undefined where there is no /proc, or no such process. */
export async function residentMiB(pid: number): Promise<number | undefined> {
  return field('VmRSS', await readFile(`/proc/${pid}/status`, 'utf8').catch(() => ''));
}

/**
 * Memory of a process and its children, in MiB, what they share counted once: PostgreSQL has a process for each connection, and all of
 * them map the same buffers.
 */
export async function familyMiB(pid: number): Promise<number | undefined> {
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '');
  const pids = [String(pid), ...children.trim().split(' ')].filter((text) => text !== '');
  const shares = await Promise.all(pids.map((one) => readFile(`/proc/${one}/smaps_rollup`, 'utf8').catch(() => '')));
  const known = shares.map((text) => field('Pss', text)).filter((share) => share !== undefined);
  return known.length === 0 ? undefined : known.reduce((sum, share) => sum + share, 0);
}

function field(name: string, text: string): number | undefined {
  const kibibytes = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'mu').exec(text)?.[1];
  return kibibytes === undefined ? undefined : Number(kibibytes) / 1024;
}
