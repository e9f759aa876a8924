import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PortTakenError, ProcessError } from '../process/process.error';
import { processIdentity } from '../process/process-identity';
import { resetStack, startStack, type StackOptions } from './start-stack';

/** No process of these tests comes as far as to reach its database. */
const database = {
  ownerUrl: 'postgresql://o@127.0.0.1:1/p',
  apiUrl: 'postgresql://a@127.0.0.1:1/p',
  workerUrl: 'postgresql://w@127.0.0.1:1/p',
};

describe('startStack', () => {
  let stateDir: string;
  let watch: NodeJS.Timeout | undefined;

  beforeEach(async () => {
    stateDir = await mkdtemp(join(tmpdir(), 'piaoyan-stack-'));
  });
  afterEach(async () => {
    clearInterval(watch);
    await rm(stateDir, { recursive: true, force: true });
  });

  const options = (more: Partial<StackOptions>): StackOptions => ({
    stateDir,
    modelsDir: join(stateDir, 'models'),
    bills: [],
    database,
    runFrom: 'source',
    startTimeoutMs: 50_000,
    ...more,
  });

  it('names the process that did not start with its own words, and leaves none running', async () => {
    const pids = new Set<number>();
    const lockFile = join(stateDir, 'running.json');
    watch = setInterval(() => {
      if (existsSync(lockFile))
        void readFile(lockFile, 'utf8').then(
          (text) => notePids(text, pids),
          () => undefined,
        );
    }, 5);
    const start = startStack(options({ settings: { sandbox: { PIAOYAN_SANDBOX_PORT: 'eighty' } } }));
    await expect(start).rejects.toThrow(/^sandbox ended with 1 before it was ready[^]*PIAOYAN_SANDBOX_PORT: must be a whole number/);
    expect(pids.size).toBe(4);
    for (const pid of pids) expect(await processIdentity(pid)).toBeUndefined();
    expect(existsSync(lockFile)).toBe(false);
  });

  it('names a wanted port that is taken before it starts anything, and lets go of the data', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const { port } = taken.address() as AddressInfo;
    const start = startStack(options({ ports: { api: port } }));
    await expect(start).rejects.toThrow(new PortTakenError(port));
    await new Promise((resolve) => taken.close(resolve));
    expect(await readdir(join(stateDir, 'logs'))).toEqual([]);
    expect(existsSync(join(stateDir, 'running.json'))).toBe(false);
  });

  it('fails with a ProcessError, which a person is told without a stack', async () => {
    const start = startStack(options({ settings: { egress: { PIAOYAN_UNHEARD_OF: '1' } } }));
    await expect(start).rejects.toBeInstanceOf(ProcessError);
  });
});

describe('resetStack', () => {
  it('deletes everything a stack has kept', async () => {
    const stateDir = await mkdtemp(join(tmpdir(), 'piaoyan-stack-'));
    await writeFile(join(stateDir, 'secrets.json'), '{}');
    await resetStack(stateDir);
    expect(existsSync(stateDir)).toBe(false);
  });
});

function notePids(text: string, pids: Set<number>): void {
  const found = /"processes":(\[.*\])/.exec(text)?.[1];
  if (found === undefined) return;
  for (const { pid } of JSON.parse(found) as { pid: number }[]) pids.add(pid);
}
