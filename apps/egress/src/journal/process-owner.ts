import { randomUUID } from 'node:crypto';
import { readFile, readlink } from 'node:fs/promises';
import { z } from 'zod';
import { errorCode } from './durable-file';

/** Who began an attempt. `space` is the boot and PID namespace in which `pid` means something; null where the system does not tell. */
export const Owner = z.strictObject({
  instance: z.uuid(),
  space: z.string().nullable(),
  pid: z.int(),
  startTicks: z.string().nullable(),
});
export type Owner = z.infer<typeof Owner>;

/** Describes this process so that another one on the same journal can tell whether it still lives. */
export async function describeThisProcess(): Promise<Owner> {
  return { instance: randomUUID(), space: await pidSpace(), pid: process.pid, startTicks: await startTicks(process.pid) };
}

/**
 * Whether the owner's process surely ended; false also when that cannot be known from here (another machine, another container).
 * A process id alone proves nothing, since ids are used again: the start time must be the same too.
 */
export async function hasSurelyEnded(owner: Owner, observer: Owner): Promise<boolean> {
  if (owner.space === null || owner.space !== observer.space) return false;
  return (await startTicks(owner.pid)) !== owner.startTicks;
}

async function pidSpace(): Promise<string | null> {
  const boot = await orNull(readFile('/proc/sys/kernel/random/boot_id', 'utf8'));
  const namespace = await orNull(readlink('/proc/self/ns/pid'));
  return boot === null || namespace === null ? null : `${boot.trim()} ${namespace}`;
}

/** Field 22 of /proc/PID/stat; the name in field 2 may hold blanks and brackets, so fields are counted after its last bracket. */
async function startTicks(pid: number): Promise<string | null> {
  const stat = await orNull(readFile(`/proc/${pid}/stat`, 'utf8'));
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
}

/** Null when /proc has no such entry: the process ended, or the system has no /proc. */
async function orNull(reading: Promise<string>): Promise<string | null> {
  try {
    return await reading;
  } catch (error) {
    if (['ENOENT', 'ESRCH', 'EACCES'].includes(errorCode(error) ?? '')) return null;
    throw error;
  }
}
