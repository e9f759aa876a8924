import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../network/free-port';
import { ManagedProcess, type ProcessSpec } from './managed-process';

/** A process that is ready when asked the third time, and obeys or ignores SIGTERM. */
const SERVER = `
  let asked = 0;
  require('node:http').createServer((_, response) => response.writeHead(++asked < 3 ? 503 : 200).end('{"failing":["nothing yet"]}')).listen(Number(process.env.PORT), '127.0.0.1');
  if (process.env.STUBBORN) process.on('SIGTERM', () => console.log('no'));
  else process.on('SIGTERM', () => { console.log('bye'); process.exit(0); });
  console.log('started');
`;

const TIMEOUT_MS = 10_000;
let folder: string;
const started: ManagedProcess[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'piaoyan-process-'));
});
afterEach(async () => {
  for (const process of started.splice(0)) await process.kill();
  await rm(folder, { recursive: true });
});

async function start(source: string, env: Record<string, string> = {}): Promise<ManagedProcess> {
  const script = join(folder, 'script.js');
  await writeFile(script, source);
  const port = await freePort();
  const spec: ProcessSpec = {
    name: 'example',
    args: [script],
    cwd: folder,
    env: { PORT: String(port), ...env },
    readyUrl: `http://127.0.0.1:${port}/`,
    logFile: join(folder, 'example.log'),
  };
  const process = new ManagedProcess(spec);
  started.push(process);
  return process;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe('ManagedProcess', () => {
  it('waits until the process says it is ready, and stops it', async () => {
    const server = await start(SERVER);
    await server.becomesReady(TIMEOUT_MS);
    expect(isAlive(server.pid)).toBe(true);
    expect(await server.stop(TIMEOUT_MS)).toBe(0);
    expect(isAlive(server.pid)).toBe(false);
    expect(await readFile(server.logFile, 'utf8')).toBe('started\nbye\n');
  });

  it('ends by force a process that ignores the polite request', async () => {
    const server = await start(SERVER, { STUBBORN: '1' });
    await server.becomesReady(TIMEOUT_MS);
    expect(await server.stop(200)).toBe('SIGKILL');
    expect(isAlive(server.pid)).toBe(false);
  });

  it('reports a process that dies before it is ready, with its last words', async () => {
    const server = await start(`console.error('PIAOYAN_EXAMPLE is missing'); process.exit(3);`);
    await expect(server.becomesReady(TIMEOUT_MS)).rejects.toThrow(/example ended with 3 before it was ready[^]*PIAOYAN_EXAMPLE is missing/);
  });

  it('reports what a process answered that does not become ready in time', async () => {
    const server = await start(
      `require('node:http').createServer((_, r) => r.writeHead(503).end('{"failing":["database"]}')).listen(Number(process.env.PORT), '127.0.0.1');`,
    );
    await expect(server.becomesReady(500)).rejects.toThrow(/was not ready after 500 ms .*503 .*database/);
  });

  it('tells of an unexpected death, but not of one that was asked for', async () => {
    const server = await start(SERVER);
    const death = new Promise<Error>((resolve) => server.onDeath(resolve));
    await server.becomesReady(TIMEOUT_MS);
    process.kill(server.pid, 'SIGKILL');
    expect((await death).message).toMatch(/example ended with SIGKILL[^]*started/);

    const told = jest.fn();
    server.onDeath(told);
    await server.restart(TIMEOUT_MS);
    await server.stop(TIMEOUT_MS);
    expect(told).not.toHaveBeenCalled();
  });

  it('starts again under a new process id and keeps the log', async () => {
    const server = await start(SERVER);
    await server.becomesReady(TIMEOUT_MS);
    const first = server.pid;
    await server.kill();
    await server.restart(TIMEOUT_MS);
    expect(server.pid).not.toBe(first);
    expect(await readFile(server.logFile, 'utf8')).toBe('started\nstarted\n');
  });
});
