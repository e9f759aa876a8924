import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { threadId } from 'node:worker_threads';
import sharp from 'sharp';
import { DocumentError } from '../document.error';
import { DocumentReader, type DocumentReaderOptions } from './document-reader';

/**
 * Plays the parsers. A document is a line of acts behind `%PDF-`: the first is what happens when it is opened, the others are its pages. A
 * page that is made is as wide as the thread's number.
 */
const WORKER = `
const { parentPort, threadId } = require('node:worker_threads');
let acts;
const play = async (act) => {
  if (act === 'throw') throw new RangeError('secret');
  if (act === 'exit') process.exit(0);
  if (act === 'refuse') return { refusal: { code: 'unsafe', message: 'it is a bomb' } };
  if (act === 'lock') return { refusal: { code: 'encrypted', message: 'it has a password' } };
  if (act === 'hang') for (;;);
  if (act === 'sleep') await new Promise((resolve) => setTimeout(resolve, 3_600_000));
  if (act === 'objects') for (const all = []; ; ) all.push({ all });
  if (act === 'buffers') for (const all = []; ; ) all.push(new Uint8Array(10_000_000).fill(1));
  if (act === 'webassembly') {
    const memory = new WebAssembly.Memory({ initial: 1 });
    for (;;) {
      const end = 65_536 * memory.grow(64);
      new Uint8Array(memory.buffer, end).fill(1);
    }
  }
  if (act === 'print') { console.log('secret'); console.error('secret'); }
  if (act === 'environment') return { answer: { kind: 'text', number: 1, width: Object.keys(process.env).length, height: 1, lines: [], pictures: [] } };
  if (act === 'wait') await new Promise((resolve) => setTimeout(resolve, 240));
  return { answer: { kind: 'picture', number: 1, image: { width: threadId, height: 1, rgb: new Uint8Array(3) } } };
};
parentPort.on('message', async ({ ask, bytes, number }) => {
  if (ask === 'close') return parentPort.postMessage({ answer: null });
  if (ask !== 'open') return parentPort.postMessage(await play(acts[number]));
  acts = Buffer.from(bytes).toString().slice(5).split(' ');
  const reply = await play(acts[0]);
  const head = { mediaType: 'application/pdf', pageCount: acts.length - 1, xml: [], signatures: [] };
  parentPort.postMessage('refusal' in reply ? reply : { answer: head });
});
parentPort.postMessage({ ready: true });
`;

const acts = (...list: string[]) => Buffer.from(`%PDF-${list.join(' ')}`);

describe('DocumentReader', () => {
  let dir: string;
  const readers: DocumentReader[] = [];

  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'parsing-'));
    writeFileSync(join(dir, 'worker.cjs'), WORKER);
  });
  afterEach(() => Promise.all(readers.splice(0).map((reader) => reader.close())));
  afterAll(() => rmSync(dir, { recursive: true }));

  function reader(options: DocumentReaderOptions = {}): DocumentReader {
    const made = new DocumentReader({ workerFile: join(dir, 'worker.cjs'), workerExecArgv: [], ...options });
    readers.push(made);
    return made;
  }

  /** The number of the thread that parses the next document. */
  async function placeOf(made: DocumentReader): Promise<number> {
    const document = await made.open(acts('open', 'page'));
    const page = await document.page(1);
    await document.close();
    return page.kind === 'picture' ? page.image.width : 0;
  }

  it('parses in another thread, one document after another', async () => {
    const made = reader();
    const place = await placeOf(made);
    expect(place).toBeGreaterThan(threadId);
    expect(await placeOf(made)).toBe(place);
  });

  it('leaves pictures, and what has no form at all, to the calling thread', async () => {
    const made = reader({ workerFile: join(dir, 'missing.cjs') });
    const png = await sharp({ create: { width: 3, height: 2, channels: 3, background: '#fff' } })
      .png()
      .toBuffer();
    expect(await made.open(png)).toMatchObject({ mediaType: 'image/png', pageCount: 1 });
    await expect(made.open(Buffer.from('hello'))).rejects.toMatchObject({ name: 'DocumentError', code: 'unsupported-type' });
    await expect(made.open(Buffer.alloc(0))).rejects.toMatchObject({ code: 'empty' });
  });

  it.each<[string, string, string, RegExp]>([
    ['throws', 'throw', 'damaged', /^the document's parser crashed: RangeError$/u],
    ['ends', 'exit', 'damaged', /^the document's parser ended$/u],
    ['refuses', 'refuse', 'unsafe', /^it is a bomb$/u],
    ['makes objects without end', 'objects', 'unsafe', /needs more than/u],
    ['takes memory without end', 'buffers', 'unsafe', /more than 200 MiB/u],
    ['takes memory for WebAssembly without end', 'webassembly', 'unsafe', /more than 200 MiB/u],
  ])('refuses a document whose parser %s, and reads the next in a new thread', async (_, act, code, message) => {
    const made = reader({ maxDocuments: 1, maxMemoryMiB: 200 });
    const place = await placeOf(made);
    await expect(made.open(acts(act))).rejects.toMatchObject({
      name: 'DocumentError',
      code,
      message: expect.stringMatching(message) as string,
    });
    const next = await placeOf(made);
    expect(next).toBeGreaterThan(place);
    const document = await made.open(acts('open', act));
    await expect(document.page(1)).rejects.toMatchObject({ name: 'DocumentError', code });
    await document.close();
    expect(await placeOf(made)).toBeGreaterThan(next);
    expect(made.threadsLost).toBe(act === 'refuse' ? 0 : 2);
  });

  it('keeps the thread of a document that is refused for a plain reason', async () => {
    const made = reader({ maxDocuments: 1 });
    const place = await placeOf(made);
    await expect(made.open(acts('lock'))).rejects.toMatchObject({ name: 'DocumentError', code: 'encrypted', message: 'it has a password' });
    expect(await placeOf(made)).toBe(place);
  });

  it('gives a document up whose parser waits for what does not come', async () => {
    const made = reader({ maxDocuments: 1, deadlineMs: 300 });
    await expect(made.open(acts('sleep'))).rejects.toMatchObject({ name: 'DocumentError', code: 'unsafe' });
    await placeOf(made);
  });

  it('gives a document up whose parser does not come to an end', async () => {
    const made = reader({ maxDocuments: 1, deadlineMs: 300 });
    const error: unknown = await made.open(acts('hang')).catch((reason: unknown) => reason);
    // Where others leave this test no processor, the document is not blamed.
    expect(error).toMatchObject(error instanceof DocumentError ? { code: 'unsafe' } : { failure: 'starved' });
    await placeOf(made);
  });

  it('counts what all the pages of a document take, and not what their reader does in between', async () => {
    const made = reader({ deadlineMs: 1_000 });
    const patient = await made.open(acts('open', 'page', 'page'));
    await patient.page(1);
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    await patient.page(2);
    const slow = await made.open(acts('open', ...Array<string>(10).fill('wait')));
    const all = Promise.all(Array.from({ length: 10 }, (_, i) => slow.page(i + 1)));
    await expect(all).rejects.toMatchObject({ name: 'DocumentError', code: 'unsafe' });
  });

  it('gives a document of many pages more time in all', async () => {
    const document = await reader({ deadlineMs: 1_000 }).open(acts('open', ...Array<string>(30).fill('wait')));
    for (let number = 1; number <= 6; number += 1) await document.page(number);
  });

  it('keeps for itself what a parser prints, and the environment of the process', async () => {
    const spies = [jest.spyOn(process.stdout, 'write'), jest.spyOn(process.stderr, 'write')];
    const document = await reader().open(acts('print', 'environment'));
    expect(await document.page(1)).toMatchObject({ width: 0 });
    await document.close();
    for (const spy of spies) {
      expect(spy.mock.calls.join()).not.toContain('secret');
      spy.mockRestore();
    }
  });

  it('has no more documents open than it may, the others waiting for their turn', async () => {
    const made = reader({ maxDocuments: 1 });
    const first = await made.open(acts('open', 'page'));
    const opened: string[] = [];
    const others = ['second', 'third'].map(async (name) => {
      const document = await made.open(acts('open', 'page'));
      opened.push(name);
      await document.close();
    });
    await first.page(1);
    expect(opened).toEqual([]);
    await first.close();
    await Promise.all(others);
    expect(opened).toEqual(['second', 'third']);
  });

  it('stops when it is called off: at work, between pages, and while it waits', async () => {
    const made = reader({ maxDocuments: 1 });
    const called = (act: string) => {
      const controller = new AbortController();
      return { controller, opening: made.open(acts(act, 'page'), { signal: controller.signal }) };
    };
    const atWork = called('hang');
    const waiting = called('open');
    waiting.controller.abort(new Error('waiting'));
    await expect(waiting.opening).rejects.toThrow('waiting');
    atWork.controller.abort(new Error('at work'));
    await expect(atWork.opening).rejects.toThrow('at work');
    const between = called('open');
    const document = await between.opening;
    between.controller.abort(new Error('between'));
    await expect(document.page(1)).rejects.toThrow('between');
    await document.close();
    await expect(made.open(acts('open'), { signal: AbortSignal.abort(new Error('before')) })).rejects.toThrow('before');
    await placeOf(made);
  });

  it('rejects what is open and what waits when it is closed, and what comes after', async () => {
    const made = reader({ maxDocuments: 1 });
    const open = await made.open(acts('open', 'hang'));
    const closed = { name: 'DocumentReaderError', failure: 'closed' };
    const asked = [open.page(1), made.open(acts('open'))].map((each) => expect(each).rejects.toMatchObject(closed));
    await made.close();
    await Promise.all(asked);
    await expect(made.open(acts('open'))).rejects.toMatchObject(closed);
  });

  it('does not blame the document for a thread that cannot start', async () => {
    const made = reader({ workerFile: join(dir, 'missing.cjs'), maxDocuments: 1 });
    const lost = { name: 'DocumentReaderError', failure: 'thread-lost' };
    await expect(made.open(acts('open'))).rejects.toMatchObject(lost);
    await expect(made.open(acts('open'))).rejects.toMatchObject(lost);
  });

  it('has no pages but those there are', async () => {
    const document = await reader().open(acts('open', 'page'));
    for (const number of [0, 2, 1.5, NaN]) await expect(document.page(number)).rejects.toThrow(RangeError);
    expect(await document.page(1)).toMatchObject({ kind: 'picture' });
  });
});
