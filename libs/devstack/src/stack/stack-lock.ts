import { readFile, rm, writeFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { AlreadyRunningError } from '../process/process.error';
import { processIdentity } from '../process/process-identity';

const Holder = z.object({ pid: z.int().min(1), identity: z.string() });
const LockFile = z.object({ supervisor: Holder, processes: z.array(Holder) });
type Holder = z.infer<typeof Holder>;

const STOP_TIMEOUT_MS = 10_000;
const POLL_MS = 50;

/** Two supervisors on the same data would fight over it; and what a killed one left running must not go on. */
export class StackLock {
  private readonly processes: Holder[] = [];

  private constructor(
    private readonly file: string,
    private readonly supervisor: Holder,
  ) {}

  /** Takes the lock, and ends the processes of a supervisor that died without ending them. */
  static async take(file: string): Promise<StackLock> {
    const left = await readFile(file, 'utf8').catch(unlessMissing);
    if (left !== undefined) await clearAway(LockFile.parse(JSON.parse(left)));
    const lock = new StackLock(file, await holder(process.pid));
    await lock.write();
    return lock;
  }

  /** Writes down a process that must not outlive its supervisor. */
  async add(pid: number): Promise<void> {
    this.processes.push(await holder(pid));
    await this.write();
  }

  async release(): Promise<void> {
    await rm(this.file, { force: true });
  }

  private write(): Promise<void> {
    return writeFile(this.file, JSON.stringify({ supervisor: this.supervisor, processes: this.processes }));
  }
}

async function holder(pid: number): Promise<Holder> {
  return { pid, identity: (await processIdentity(pid)) ?? 'ended' };
}

async function clearAway(left: z.infer<typeof LockFile>): Promise<void> {
  if (left.supervisor.pid !== process.pid && (await isRunning(left.supervisor))) {
    throw new AlreadyRunningError(left.supervisor.pid);
  }
  for (const process of left.processes) await end(process);
}

async function end(left: Holder): Promise<void> {
  const deadline = Date.now() + STOP_TIMEOUT_MS;
  if (await isRunning(left)) process.kill(left.pid, 'SIGTERM');
  while (await isRunning(left)) {
    if (Date.now() > deadline) process.kill(left.pid, 'SIGKILL');
    await delay(POLL_MS);
  }
}

async function isRunning(holder: Holder): Promise<boolean> {
  return (await processIdentity(holder.pid)) === holder.identity;
}

function unlessMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
