import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { processIdentity } from '../process/process-identity';
import { StackLock } from './stack-lock';

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'piaoyan-lock-'));
  file = join(folder, 'running.json');
});
afterEach(() => rm(folder, { recursive: true }));

function idle() {
  return spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)'], { stdio: 'ignore' });
}

async function left(supervisor: { pid: number; identity: string }, processes: { pid: number; identity: string }[]): Promise<void> {
  await writeFile(file, JSON.stringify({ supervisor, processes }));
}

describe('StackLock', () => {
  it('ends the processes of a supervisor that was killed', async () => {
    const orphan = idle();
    const gone = once(orphan, 'exit');
    await left({ pid: 999_999_999, identity: '1' }, [{ pid: orphan.pid!, identity: (await processIdentity(orphan.pid!))! }]);
    const lock = await StackLock.take(file);
    await gone;
    expect(orphan.signalCode).toBe('SIGTERM');
    await lock.release();
  });

  it('lets a later process alone that got the same id', async () => {
    const stranger = idle();
    await left({ pid: 999_999_999, identity: '1' }, [{ pid: stranger.pid!, identity: 'started at another time' }]);
    await (await StackLock.take(file)).release();
    expect(await processIdentity(stranger.pid!)).toBeDefined();
    stranger.kill();
    await once(stranger, 'exit');
  });

  it('refuses while another supervisor runs, and says which', async () => {
    const supervisor = idle();
    await left({ pid: supervisor.pid!, identity: (await processIdentity(supervisor.pid!))! }, []);
    await expect(StackLock.take(file)).rejects.toThrow(`already running on this data, as process ${supervisor.pid}`);
    supervisor.kill();
    await once(supervisor, 'exit');
  });

  it('writes down who holds it, and is gone when released', async () => {
    const lock = await StackLock.take(file);
    await lock.add(process.ppid);
    const written = JSON.parse(await readFile(file, 'utf8')) as { supervisor: { pid: number }; processes: { pid: number }[] };
    expect(written.supervisor.pid).toBe(process.pid);
    expect(written.processes.map(({ pid }) => pid)).toEqual([process.ppid]);
    await lock.release();
    await expect(readFile(file)).rejects.toThrow('ENOENT');
  });
});
