import { randomBytes, randomUUID } from 'node:crypto';
import fs, { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EgressCall, EgressReply } from '@app/contracts';
import { SUITES } from '@app/crypto';
import { v7 as uuidv7 } from 'uuid';
import { EndedPacks } from './ended-packs';
import { LINE_BYTES } from './ended-record';
import { AttemptConflictError, JournalUnavailableError } from './journal.error';
import { Journal, type SettledReply } from './journal';
import type { JournalPacking } from './journal-packing';

const DAY_MS = 86_400_000;
const KEEP_MS = 30 * DAY_MS;
const NOW = Date.UTC(2026, 10, 26);
const OLD = NOW - 31 * DAY_MS;
const elements = { billCode: '33060126', billNumber: '0041207735', checkCode: 'w7be2z', issueDate: '2026-04-09', totalAmount: '486.20' };

let directory: string;
let clock: jest.SpyInstance<number>;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'piaoyan-packing-'));
  clock = jest.spyOn(Date, 'now').mockReturnValue(NOW);
});
afterEach(async () => {
  jest.restoreAllMocks();
  await rm(directory, { recursive: true });
});

const open = (): Promise<Journal> => Journal.open({ directory, suite: SUITES.sm, settleWithinMs: 60_000 });
const packing = async (): Promise<JournalPacking> => (await open()).packing(KEEP_MS);
const pack = async () => (await packing()).run(new AbortController().signal);
const newCall = (at = OLD, attemptId: string = uuidv7({ msecs: at })): EgressCall => ({
  ...{ attemptId, provider: 'netocr', elements },
  replyKey: randomBytes(32).toString('base64url'),
});
const files = async (): Promise<string[]> =>
  (await readdir(directory, { recursive: true, withFileTypes: true })).filter((one) => one.isFile()).map(({ name }) => name);
const loose = async (): Promise<string[]> => (await files()).filter((name) => name.endsWith('.json'));

const ANSWERED = { state: 'answered', httpStatus: 200, contentType: 'application/json', bodyBase64: 'e30=' } as const;
const at = new Date(OLD).toISOString();
const endings: [string, (attemptId: string) => SettledReply | null, object][] = [
  [
    'an answer',
    (attemptId) => ({ ...ANSWERED, attemptId, sentAt: at, answeredAt: at }),
    { state: 'unknown', reason: 'expired', sentAt: at },
  ],
  [
    'a lost reply',
    (attemptId) => ({ state: 'unknown', reason: 'cut', attemptId, sentAt: at }),
    { state: 'unknown', reason: 'cut', sentAt: at },
  ],
  [
    'nothing sent',
    (attemptId) => ({ state: 'notSent', reason: 'notConfigured', attemptId, at }),
    { state: 'notSent', reason: 'notConfigured', at },
  ],
  ['no end', () => null, { state: 'unknown', reason: 'interrupted', sentAt: at }],
];

/** Begins and ends an attempt as a process did `when` it lived; that process is gone. */
async function made(call = newCall(), end = endings[0]![1], when = OLD): Promise<EgressCall> {
  clock.mockReturnValue(when);
  const journal = await open();
  expect(await journal.begin(call)).toBeNull();
  const reply = end(call.attemptId);
  if (reply) await journal.settle(call, reply);
  clock.mockReturnValue(NOW);
  return call;
}

describe('an attempt whose time is over', () => {
  it.each(endings)('leaves a record alone, of %s', async (_name, end, expected) => {
    const call = await made(newCall(), end);
    expect(await pack()).toMatchObject({ packed: 1, kept: 0, oldestAt: null });
    expect(await loose()).toEqual([]);
    const journal = await open();
    for (const known of [await journal.begin(call), await journal.find(call)])
      expect(known).toEqual({ attemptId: call.attemptId, ...expected });
    expect(await loose()).toEqual([]);
    await expect(journal.begin({ ...call, replyKey: newCall().replyKey })).rejects.toThrow(AttemptConflictError);
    await expect(journal.find({ ...call, provider: 'jumdata' })).rejects.toThrow(AttemptConflictError);
    expect(await loose()).toEqual([]);
  });

  it('leaves nothing of what was asked or told, in a file of its month', async () => {
    const call = await made(newCall(), endings[0]![1]);
    await pack();
    expect(await files()).toEqual(['2026-10.00000001.txt']);
    const text = await readFile(join(directory, 'ended', call.attemptId.slice(-2), '2026-10.00000001.txt'), 'utf8');
    expect(text).toMatch(new RegExp(`^${call.attemptId} sm +[0-9a-f]{64} answered +2026-10-26T00:00:00.000Z\n$`));
    expect(text).toHaveLength(LINE_BYTES);
  });

  it('stays whole while it is younger, whichever of its id and its entry is', async () => {
    const young = await made(newCall(NOW - 29 * DAY_MS), endings[0]![1], NOW - 29 * DAY_MS);
    const [oldId, youngId] = [await made(newCall(OLD), endings[0]![1], NOW - DAY_MS), await made(newCall(NOW), endings[0]![1], OLD)];
    expect(await pack()).toMatchObject({ packed: 0, kept: 3 });
    for (const call of [young, oldId, youngId]) expect(await (await open()).begin(call)).toMatchObject({ state: 'answered' });
  });

  it('may have an id that tells no time', async () => {
    const call = await made(newCall(OLD, randomUUID()));
    expect(await pack()).toMatchObject({ packed: 1 });
    expect(await files()).toEqual(['other.00000001.txt']);
    expect(await (await open()).begin(call)).toMatchObject({ reason: 'expired' });
  });
});

describe('a pack', () => {
  const inOneShard = (count: number): EgressCall[] =>
    Array.from({ length: count }, (_, n) => newCall(OLD + n, `${uuidv7({ msecs: OLD + n }).slice(0, -2)}7f`));

  it('is found in, whatever its size, and by no neighbour', async () => {
    const calls = inOneShard(40);
    for (const call of calls.filter((_, n) => n % 2 === 0)) await made(call);
    expect(await pack()).toMatchObject({ packed: 20, bytes: 20 * LINE_BYTES });
    const journal = await open();
    for (const [n, call] of calls.entries()) {
      expect([n, (await journal.find(call))?.state]).toEqual([n, n % 2 === 0 ? 'unknown' : undefined]);
    }
    for (const call of calls.filter((_, n) => n % 2 === 1)) await made(call);
    expect(await pack()).toMatchObject({ packed: 20, bytes: 40 * LINE_BYTES });
    expect(await files()).toEqual(['2026-10.00000002.txt']);
    for (const call of calls) expect(await journal.begin(call)).toMatchObject({ reason: 'expired' });
  });

  it.each([
    ['cut', (text: string) => text.slice(0, -5)],
    ['changed', (text: string) => text.replace('answered', 'answerer')],
  ])('that was %s lets nothing begin that may stand in it, and burns no id', async (_name, spoil) => {
    const [first, second] = inOneShard(2) as [EgressCall, EgressCall];
    await made(first);
    await pack();
    const path = join(directory, 'ended', '7f', '2026-10.00000001.txt');
    const good = await readFile(path, 'utf8');
    await writeFile(path, spoil(good));
    const journal = await open();
    await expect(journal.begin(first)).rejects.toThrow(JournalUnavailableError);
    expect(await loose()).toEqual([]);
    await made(newCall(OLD, second.attemptId)).catch(() => undefined);
    await writeFile(path, good);
    expect(await journal.begin(first)).toMatchObject({ reason: 'expired' });
  });
});

describe('packing', () => {
  /** Every change that packing makes to the disk, each of which may be its last. */
  const STEPS = ['mkdir', 'link', 'unlink'] as const;

  function diesAfter(steps: number): { steps: () => number } {
    let done = 0;
    for (const step of STEPS) {
      const real = fs[step].bind(fs) as (...given: unknown[]) => Promise<unknown>;
      jest.spyOn(fs, step).mockImplementation((async (...given: unknown[]) => {
        done += 1;
        if (done > steps) throw new Error('killed by the test');
        return real(...given);
      }) as never);
    }
    return { steps: () => done };
  }

  it('may be killed between any two steps: no attempt can be made again, and the next round finishes', async () => {
    for (let steps = 0, ended = false; !ended; steps++) {
      const calls: EgressCall[] = [];
      for (const [, end] of endings) calls.push(await made(newCall(OLD, `${uuidv7({ msecs: OLD }).slice(0, -2)}7f`), end));
      const dying = diesAfter(steps);
      await pack().catch(() => undefined);
      ended = dying.steps() <= steps;
      jest.restoreAllMocks();
      clock = jest.spyOn(Date, 'now').mockReturnValue(NOW);
      const told: (EgressReply | null)[] = [];
      for (const call of calls) told.push(await (await open()).begin(call));
      expect([steps, told.map((reply) => reply?.state)]).toEqual([
        steps,
        [expect.stringMatching(/answered|unknown/), 'unknown', 'notSent', 'unknown'],
      ]);
      await pack();
      expect([steps, await loose()]).toEqual([steps, []]);
      for (const call of calls) expect(await (await open()).begin(call)).not.toBeNull();
    }
  });

  it('by several processes at once loses nobody', async () => {
    const calls: EgressCall[] = [];
    for (let n = 0; n < 30; n++) calls.push(await made(newCall(OLD, `${uuidv7({ msecs: OLD }).slice(0, -2)}${n % 2 === 0 ? '7f' : '80'}`)));
    const packings = await Promise.all(Array.from({ length: 4 }, packing));
    const signal = new AbortController().signal;
    const rounds = [...packings, ...packings].map((one) => one.run(signal));
    const asked = calls.map(async (call) => (await open()).begin(call));
    for (const reply of await Promise.all(asked)) expect(reply).not.toBeNull();
    await Promise.all(rounds);
    for (const call of calls) expect(await (await open()).begin(call)).not.toBeNull();
    await pack();
    expect(await loose()).toEqual([]);
    expect((await files()).map((name) => name.slice(0, 8)).sort()).toEqual(['2026-10.', '2026-10.']);
  });

  it.each([1, 2])('leaves for the next round what it could not add, because others were %i versions faster', async (faster) => {
    const others = Array.from({ length: faster + 1 }, (_, n) => newCall(OLD + n, `${uuidv7({ msecs: OLD + n }).slice(0, -2)}7f`));
    await made(others[0]);
    await pack();
    const call = await made(newCall(OLD, `${uuidv7({ msecs: OLD }).slice(0, -2)}7f`));
    const packs = new EndedPacks(directory);
    const link = fs.link.bind(fs);
    jest.spyOn(fs, 'link').mockImplementationOnce(async (from, to) => {
      const record = { suite: 'sm', digest: '0'.repeat(64), end: 'answered', at } as const;
      for (const { attemptId } of others.slice(1)) expect(await packs.add('7f', '2026-10', [{ attemptId, ...record }])).toBe(true);
      await link(from, to);
    });
    expect(await pack()).toMatchObject({ packed: 0, kept: 1 });
    expect(await (await open()).begin(call)).toMatchObject({ state: 'answered' });
    expect(await pack()).toMatchObject({ packed: 1, kept: 0 });
    for (const { attemptId } of [...others, call]) expect(await packs.find(attemptId)).toMatchObject({ attemptId });
    expect(await files()).toEqual([`2026-10.0000000${faster + 2}.txt`]);
  });

  it('takes away what a killed process left half written, and nothing that may still be written', async () => {
    const call = await made();
    const shard = join(directory, call.attemptId.slice(-2));
    const [old, young] = [join(shard, 'x.end.json.1.tmp'), join(shard, 'y.end.json.1.tmp')];
    for (const path of [old, young, join(directory, 'probe-1')]) await writeFile(path, 'x');
    for (const path of [old, join(directory, 'probe-1')]) await utimes(path, new Date(NOW - 2 * DAY_MS), new Date(NOW - 2 * DAY_MS));
    await utimes(young, new Date(NOW), new Date(NOW));
    await pack();
    expect((await files()).filter((name) => /tmp|probe/.test(name))).toEqual(['y.end.json.1.tmp']);
  });

  it('ends soon when it is told to', async () => {
    await made();
    expect(await (await packing()).run(AbortSignal.abort())).toMatchObject({ packed: 0 });
  });
});
