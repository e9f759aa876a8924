import { readFile } from 'node:fs/promises';

/** Clock ticks a second in /proc; Linux has shown 100 to programs on every architecture for decades. */
const TICKS_A_SECOND = 100;

/** Core time that a process has had so far, in milliseconds; undefined where there is no /proc, or no such process. */
export async function coreMs(pid: number): Promise<number | undefined> {
  const times = await timesOf(pid);
  return times && toMs(times.own);
}

/**
 * The same of a process with all its children, those that have ended included. PostgreSQL has a process for each connection.
 * Children of children are not counted while they run.
 */
export async function familyCoreMs(pid: number): Promise<number | undefined> {
  const parent = await timesOf(pid);
  if (!parent) return undefined;
  const children = (await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '')).trim().split(' ');
  const running = await Promise.all(children.filter((child) => child !== '').map((child) => timesOf(Number(child))));
  return toMs(parent.own + parent.endedChildren + running.reduce((sum, child) => sum + (child?.own ?? 0), 0));
}

/** Fields 14 to 17 of /proc/PID/stat, in ticks; the name in field 2 may hold blanks and brackets. */
async function timesOf(pid: number): Promise<{ own: number; endedChildren: number } | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  if (stat === undefined) return undefined;
  const [user = 0, system = 0, childUser = 0, childSystem = 0] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 15)
    .map(Number);
  return { own: user + system, endedChildren: childUser + childSystem };
}

function toMs(ticks: number): number {
  return (ticks * 1_000) / TICKS_A_SECOND;
}
