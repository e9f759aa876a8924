import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { OcrClosedError, OcrError } from '../ocr.error';
import { WorkerPool, type PoolOptions } from './worker-pool';

/** Plays a worker: says what it is told to, waits for a release, fails as the engine does, or dies. */
const WORKER = `
const { parentPort, workerData } = require('node:worker_threads');
const gate = new Int32Array(workerData.gate);
if (workerData.stillborn) throw new RangeError('secret');
parentPort.on('message', (message) => {
  if (message === 'stop') process.exit(0);
  const { act, value } = message;
  if (act === 'die') process.exit(3);
  if (act === 'crash') throw new TypeError('secret');
  if (act === 'fail') return parentPort.postMessage({ type: 'failed', message: 'the model failed', failure: { stage: 'detect', modelId: 'm', shape: [1, 2] } });
  if (act === 'wait') Atomics.wait(gate, 0, 0);
  parentPort.postMessage({ type: 'done', result: value + '@' + workerData.place });
});
parentPort.postMessage(workerData.refuses ? { type: 'failed', message: 'no model', failure: undefined } : { type: 'ready' });
`;

type Request = { act: 'echo' | 'wait' | 'fail' | 'die' | 'crash'; value?: string };

const order = { group: 1, cost: 1 };

describe('WorkerPool', () => {
  let dir: string;
  let file: string;
  let gate: Int32Array<SharedArrayBuffer>;
  const pools: WorkerPool<Request, string>[] = [];

  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'pool-'));
    file = join(dir, 'worker.cjs');
    writeFileSync(file, WORKER);
  });
  beforeEach(() => (gate = new Int32Array(new SharedArrayBuffer(4))));
  afterEach(async () => {
    release();
    await Promise.all(pools.splice(0).map((pool) => pool.close()));
  });
  afterAll(() => rmSync(dir, { recursive: true }));

  function release(): void {
    Atomics.store(gate, 0, 1);
    Atomics.notify(gate, 0);
  }

  async function start(options: Partial<PoolOptions<Request>> & { data?: object } = {}): Promise<WorkerPool<Request, string>> {
    const { data, ...rest } = options;
    const pool = await WorkerPool.start<Request, string>({
      size: 2,
      spawn: (place) => new Worker(file, { workerData: { place, gate: gate.buffer, ...data }, stdout: true, stderr: true }),
      skillsOf: (place) => (place === 0 ? ['wait'] : []),
      failureOf: (request, message, failure) =>
        new OcrError(message, failure ?? { stage: request ? 'recognize' : 'start', modelId: 'test' }),
      stopGraceMs: 200,
      ...rest,
    });
    pools.push(pool);
    return pool;
  }

  it('answers each request with its own result', async () => {
    const pool = await start();
    const results = await Promise.all(['a', 'b', 'c', 'd'].map((value) => pool.run({ act: 'echo', value }, order)));
    expect(results.map((result) => result[0])).toEqual(['a', 'b', 'c', 'd']);
  });

  it('uses every thread, and gives a task to one that can run it', async () => {
    const pool = await start();
    const waiting = pool.run({ act: 'wait', value: 'w' }, { ...order, skill: 'wait' });
    expect(await pool.run({ act: 'echo', value: 'e' }, order)).toBe('e@1');
    release();
    expect(await waiting).toBe('w@0');
  });

  it('passes a failure on with stage, model and shape, and stays in use', async () => {
    const pool = await start({ size: 1 });
    await expect(pool.run({ act: 'fail' }, order)).rejects.toMatchObject({
      name: 'OcrError',
      stage: 'detect',
      modelId: 'm',
      shape: [1, 2],
    });
    expect(await pool.run({ act: 'echo', value: 'e' }, order)).toBe('e@0');
  });

  it.each(['die', 'crash'] as const)('rejects the request of a thread that does %s, and replaces the thread', async (act) => {
    const pool = await start({ size: 1 });
    const lost = pool.run({ act }, order);
    const next = pool.run({ act: 'echo', value: 'next' }, order);
    const error: unknown = await lost.catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: 'OcrError', stage: 'recognize', modelId: 'test' });
    expect(String(error)).not.toContain('secret');
    expect(await next).toBe('next@0');
  });

  it('rejects what waits when a thread cannot be replaced, and tries again for the next request', async () => {
    let broken = false;
    const spawn = (place: number) =>
      new Worker(file, { workerData: { place, gate: gate.buffer, refuses: broken }, stdout: true, stderr: true });
    const pool = await start({ size: 1, spawn });
    broken = true;
    const lost = pool.run({ act: 'die' }, order);
    const waiting = pool.run({ act: 'echo', value: 'w' }, order);
    await expect(lost).rejects.toMatchObject({ stage: 'recognize' });
    await expect(waiting).rejects.toMatchObject({ stage: 'start', reason: 'no model' });
    broken = false;
    expect(await pool.run({ act: 'echo', value: 'again' }, order)).toBe('again@0');
  });

  it('does not start when a thread says why not, or dies first', async () => {
    await expect(start({ data: { refuses: true } })).rejects.toMatchObject({ stage: 'start', reason: 'no model' });
    await expect(start({ data: { stillborn: true } })).rejects.toMatchObject({
      stage: 'start',
      reason: expect.stringContaining('RangeError') as string,
    });
  });

  it('forgets a waiting task that is called off, with the reason it was given', async () => {
    const pool = await start({ size: 1 });
    const running = pool.run({ act: 'wait', value: 'r' }, order);
    const controller = new AbortController();
    const waiting = pool.run({ act: 'die' }, { ...order, signal: controller.signal });
    controller.abort(new Error('shutting down'));
    await expect(waiting).rejects.toThrow('shutting down');
    release();
    expect(await running).toBe('r@0');
    expect(await pool.run({ act: 'echo', value: 'alive' }, order)).toBe('alive@0');
  });

  it('does not take up a task whose signal has already fired', async () => {
    const pool = await start({ size: 1 });
    await expect(pool.run({ act: 'die' }, { ...order, signal: AbortSignal.abort() })).rejects.toThrow('aborted');
  });

  it('lets a thread end what it runs when it is closed', async () => {
    const pool = await start({ size: 1, stopGraceMs: 60_000 });
    const running = pool.run({ act: 'wait' }, order);
    let isClosed = false;
    const closing = pool.close().then(() => (isClosed = true));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(isClosed).toBe(false);
    release();
    await Promise.all([expect(running).rejects.toBeInstanceOf(OcrClosedError), closing]);
  });

  it('ends everything on close: running, waiting and later requests', async () => {
    const pool = await start({ size: 1 });
    const running = pool.run({ act: 'wait' }, order);
    const waiting = pool.run({ act: 'echo' }, order);
    await Promise.all([
      expect(running).rejects.toBeInstanceOf(OcrClosedError),
      expect(waiting).rejects.toBeInstanceOf(OcrClosedError),
      pool.close(),
    ]);
    await expect(pool.run({ act: 'echo' }, order)).rejects.toBeInstanceOf(OcrClosedError);
  });
});
