import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { threadId } from 'node:worker_threads';
import { DecoderThread, type DecoderThreadOptions } from './decoder-thread';
import type { Plane } from './plane';

const ANSWER = 0;
const CRASH = 1;
const END = 2;
const HANG = 3;

/** Plays the decoder: its first pixel says what it does, and the code it finds is the thread's own number. */
const WORKER = `
const { parentPort, threadId } = require('node:worker_threads');
parentPort.on('message', ({ values: [act] }) => {
  if (act === ${CRASH}) throw new RangeError('secret');
  if (act === ${END}) process.exit(0);
  while (act === ${HANG});
  parentPort.postMessage({ codes: [{ text: String(threadId), quad: [] }], undecoded: [] });
});
`;

const plane = (act = ANSWER): Plane => ({ width: 1, height: 1, values: Uint8Array.of(act) });

describe('DecoderThread', () => {
  let dir: string;
  const threads: DecoderThread[] = [];

  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'codes-'));
    writeFileSync(join(dir, 'worker.cjs'), WORKER);
  });
  afterEach(() => Promise.all(threads.splice(0).map((thread) => thread.close())));
  afterAll(() => rmSync(dir, { recursive: true }));

  function thread(options: DecoderThreadOptions = {}): DecoderThread {
    const made = new DecoderThread({ workerFile: join(dir, 'worker.cjs'), workerExecArgv: [], ...options });
    threads.push(made);
    return made;
  }
  const placeOf = async (made: DecoderThread) => (await made.decode(plane())).codes[0]?.text;

  it('decodes in another thread, the same for every plane', async () => {
    const made = thread();
    const place = await placeOf(made);
    expect(Number(place)).toBeGreaterThan(threadId);
    expect(await placeOf(made)).toBe(place);
  });

  it('hands the pixels over instead of copying them', async () => {
    const given = plane();
    await thread().decode(given);
    expect(given.values).toHaveLength(0);
  });

  it.each([
    ['crashes', CRASH, 'the thread that decodes codes crashed: RangeError'],
    ['ends', END, 'the thread that decodes codes ended'],
  ])('says so when the thread %s, and has a new one for the next plane', async (_, act, message) => {
    const made = thread();
    const place = await placeOf(made);
    await expect(made.decode(plane(act))).rejects.toMatchObject({ name: 'CodeReaderError', failure: 'thread-lost', message });
    expect(Number(await placeOf(made))).toBeGreaterThan(Number(place));
  });

  it('replaces a thread that does not come to an end', async () => {
    const made = thread({ deadlineMs: 500 });
    await expect(made.decode(plane(HANG))).rejects.toMatchObject({ failure: 'timed-out' });
    await expect(made.decode(plane(HANG))).rejects.toMatchObject({ failure: 'timed-out' });
  });

  it('rejects the plane it is at when it is closed', async () => {
    const made = thread();
    await placeOf(made);
    const hanging = expect(made.decode(plane(HANG))).rejects.toMatchObject({ failure: 'closed' });
    await made.close();
    await hanging;
  });

  it('starts nothing before the first plane', async () => {
    const made = thread({ workerFile: join(dir, 'missing.cjs') });
    await made.close();
    await expect(made.decode(plane())).rejects.toMatchObject({ failure: 'thread-lost' });
  });
});
