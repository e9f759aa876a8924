import { spawn } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SUITES } from '@app/crypto';
import type { EgressCall } from '@app/contracts';
import { AttemptConflictError, JournalUnavailableError } from './journal.error';
import { Journal, type SettledReply } from './journal';
import { BegunEntry, EndedEntry } from './journal-entry';
import { describeThisProcess, type Owner } from './process-owner';
import { ReplySeal } from './reply-seal';

const elements = { billCode: '33060126', billNumber: '0041207735', checkCode: 'w7be2z', issueDate: '2026-04-09', totalAmount: '486.20' };
const SETTLE_WITHIN_MS = 60_000;

let parent: string;
let directory: string;
let call: EgressCall;

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'piaoyan-journal-'));
  directory = join(parent, 'journal');
  call = { attemptId: randomUUID(), replyKey: newKey(), provider: 'netocr', elements };
});
afterEach(() => rm(parent, { recursive: true }));

const newKey = (): string => randomBytes(32).toString('base64url');
const open = (suite = SUITES.standard): Promise<Journal> => Journal.open({ directory, suite, settleWithinMs: SETTLE_WITHIN_MS });
const fileOf = (kind: 'begin' | 'end'): string => join(directory, call.attemptId.slice(-2), `${call.attemptId}.${kind}.json`);
const digestOf = (of: EgressCall, suite = SUITES.standard): string => new ReplySeal(suite, of).digest();
const answered = (): Extract<SettledReply, { state: 'answered' }> => ({
  state: 'answered',
  attemptId: call.attemptId,
  httpStatus: 200,
  contentType: 'application/json',
  bodyBase64: 'e30=',
  sentAt: '2026-05-20T02:15:30.000Z',
  answeredAt: '2026-05-20T02:15:31.000Z',
});

async function writeEntry(owner: Owner, settledBy: Date): Promise<void> {
  const { attemptId, provider } = call;
  const times = { begunAt: '2026-05-20T02:15:30.000Z', settledBy: settledBy.toISOString() };
  await mkdir(join(directory, attemptId.slice(-2)), { recursive: true });
  await writeFile(fileOf('begin'), JSON.stringify({ attemptId, provider, suite: 'standard', digest: digestOf(call), owner, ...times }));
}

describe('an attempt', () => {
  it('can be begun once, by one of any number of journals on the directory', async () => {
    const journals = await Promise.all([open(), open(), open()]);
    const begun = await Promise.all([...journals, ...journals].map((journal) => journal.begin(call)));
    expect(begun.filter((known) => known === null)).toHaveLength(1);
    expect(begun.filter((known) => known !== null).every((known) => known.state === 'inFlight')).toBe(true);
  });

  it('reads the same for ever once settled, also after a restart', async () => {
    const journal = await open();
    await journal.begin(call);
    await journal.settle(call, answered());
    expect(await journal.begin(call)).toEqual(answered());
    expect(await (await open()).begin(call)).toEqual(answered());
  });

  it('belongs to one call', async () => {
    const journal = await open();
    await journal.begin(call);
    await journal.settle(call, answered());
    await expect(journal.begin({ ...call, provider: 'jumdata' })).rejects.toThrow(AttemptConflictError);
    await expect(journal.begin({ ...call, replyKey: newKey() })).rejects.toThrow(AttemptConflictError);
    for (const name of Object.keys(elements) as (keyof typeof elements)[]) {
      const other = { ...call, elements: { ...elements, [name]: 'x' } };
      await expect(journal.begin(other)).rejects.toThrow(AttemptConflictError);
    }
  });

  it('can be looked for without being begun', async () => {
    const journal = await open();
    expect(await journal.find(call)).toBeNull();
    expect(await readdir(directory)).toEqual([]);
    expect(await journal.begin(call)).toBeNull();
    expect(await journal.find(call)).toMatchObject({ state: 'inFlight' });
    await journal.settle(call, answered());
    expect(await (await open()).find(call)).toEqual(answered());
    await expect(journal.find({ ...call, provider: 'jumdata' })).rejects.toThrow(AttemptConflictError);
  });

  it('is written down before its begin returns, without any element', async () => {
    await (await open()).begin(call);
    const text = await readFile(fileOf('begin'), 'utf8');
    expect(BegunEntry.parse(JSON.parse(text))).toMatchObject({ attemptId: call.attemptId, digest: digestOf(call) });
    expect(text).not.toMatch(/33060126|0041207735|w7be2z|2026-04-09|486\.2/);
  });

  it('has a digest that says nothing of another attempt for the same bill', () => {
    expect(digestOf(call)).not.toBe(digestOf({ ...call, attemptId: randomUUID() }));
  });

  it('has a digest with which nobody without the key can test a guess', () => {
    expect(digestOf(call)).not.toBe(digestOf({ ...call, replyKey: newKey() }));
  });
});

describe.each([SUITES.standard, SUITES.sm])('a reply in the journal, with suite $name', (suite) => {
  const words = '{"payer":"冯金丝雀"}';
  const bodyBase64 = Buffer.from(words).toString('base64');
  const reply = (): SettledReply => ({ ...answered(), bodyBase64 });
  const settled = async (): Promise<Journal> => {
    const journal = await open(suite);
    await journal.begin(call);
    await journal.settle(call, reply());
    return journal;
  };
  const endedEntry = async () => EndedEntry.parse(JSON.parse(await readFile(fileOf('end'), 'utf8')));

  it('lies there sealed and names its suite, and the key lies nowhere', async () => {
    await settled();
    const entry = await endedEntry();
    expect(Object.keys(entry).sort()).toEqual(['answeredAt', 'attemptId', 'sealed', 'state', 'suite']);
    expect(entry).toMatchObject({ state: 'answered', suite: suite.name });
    const key = Buffer.from(call.replyKey, 'base64url');
    for (const kind of ['begin', 'end'] as const) {
      const text = await readFile(fileOf(kind), 'utf8');
      for (const form of [key.toString('hex'), key.toString('base64'), call.replyKey]) expect(text).not.toContain(form);
    }
    const sealed = Buffer.from((entry as { sealed: string }).sealed, 'base64');
    for (const clear of ['冯金丝雀', bodyBase64, 'application/json']) expect(sealed.includes(clear)).toBe(false);
    expect(new ReplySeal(suite, call).open(sealed)).toEqual(reply());
  });

  it('comes back to whoever brings the key, whatever the suite is by then', async () => {
    await settled();
    const other = suite === SUITES.sm ? SUITES.standard : SUITES.sm;
    expect(await (await open(other)).begin(call)).toEqual(reply());
    await expect((await open(other)).begin({ ...call, replyKey: newKey() })).rejects.toThrow(AttemptConflictError);
  });

  it('is lost and not made up when it was altered, cut, or taken from another attempt', async () => {
    const journal = await settled();
    const unreadable = { state: 'unknown', attemptId: call.attemptId, reason: 'unreadable' };
    const good = await readFile(fileOf('end'), 'utf8');
    const other = { ...call, attemptId: randomUUID() };
    const entry = await endedEntry();
    const borrowed = new ReplySeal(suite, other).seal({ ...reply(), attemptId: other.attemptId }).toString('base64');
    const flipped = Buffer.from((entry as { sealed: string }).sealed, 'base64');
    flipped[40]! ^= 1;
    const altered = [flipped.toString('base64'), borrowed].map((sealed) => JSON.stringify({ ...entry, sealed }));
    for (const bad of [...altered, good.slice(0, -10), '']) {
      await writeFile(fileOf('end'), bad);
      expect(await journal.begin(call)).toMatchObject(unreadable);
    }
    await writeFile(fileOf('end'), good);
    expect(await journal.begin(call)).toEqual(reply());
  });
});

describe('an attempt that was never settled', () => {
  const interrupted = { state: 'unknown', reason: 'interrupted' };

  it('is interrupted as soon as its own process gave it up', async () => {
    const journal = await open();
    await journal.begin(call);
    expect(await journal.begin(call)).toMatchObject({ state: 'inFlight' });
    journal.abandon(call.attemptId);
    expect(await journal.begin(call)).toMatchObject(interrupted);
  });

  it('is interrupted as soon as its process surely ended', async () => {
    const child = spawn('true');
    await once(child, 'exit');
    await writeEntry({ ...(await describeThisProcess()), pid: child.pid! }, new Date(Date.now() + SETTLE_WITHIN_MS));
    expect(await (await open()).begin(call)).toMatchObject(interrupted);
  });

  it('is interrupted when another process has its process id now', async () => {
    await writeEntry({ ...(await describeThisProcess()), startTicks: '1' }, new Date(Date.now() + SETTLE_WITHIN_MS));
    expect(await (await open()).begin(call)).toMatchObject(interrupted);
  });

  it('is in flight until its time is over when its process cannot be seen from here', async () => {
    const elsewhere = { instance: randomUUID(), space: 'another machine', pid: 1, startTicks: '1' };
    await writeEntry(elsewhere, new Date(Date.now() + SETTLE_WITHIN_MS));
    expect(await (await open()).begin(call)).toMatchObject({ state: 'inFlight' });
    await writeEntry(elsewhere, new Date(Date.now() - 1));
    expect(await (await open()).begin(call)).toMatchObject({ ...interrupted, sentAt: '2026-05-20T02:15:30.000Z' });
  });

  it.each(['', '{"attemptId":"'])('is in flight, then interrupted, when its entry was cut off as %j', async (text) => {
    const journal = await open();
    await mkdir(join(directory, call.attemptId.slice(-2)));
    await writeFile(fileOf('begin'), text);
    expect(await journal.begin(call)).toMatchObject({ state: 'inFlight' });
    const longAgo = new Date(Date.now() - SETTLE_WITHIN_MS - 1_000);
    await utimes(fileOf('begin'), longAgo, longAgo);
    expect(await journal.begin(call)).toMatchObject(interrupted);
  });
});

describe('a first entry that was spoilt, or written before replies were sealed', () => {
  it.each([{}, { suite: undefined }, { attemptId: randomUUID() }, { digest: '' }])('is no leave to send, with %j', async (change) => {
    const journal = await open();
    await journal.begin(call);
    const entry = BegunEntry.parse(JSON.parse(await readFile(fileOf('begin'), 'utf8')));
    const isSpoilt = Object.keys(change).length > 0;
    await writeFile(fileOf('begin'), JSON.stringify({ ...entry, ...change }));
    const longAgo = new Date(Date.now() - SETTLE_WITHIN_MS - 1_000);
    await utimes(fileOf('begin'), longAgo, longAgo);
    const expected = isSpoilt ? { state: 'unknown', reason: 'unreadable' } : { state: 'inFlight' };
    for (const asked of [journal, await open()]) expect(await asked.begin(call)).toMatchObject(expected);
    await journal.settle(call, answered());
    // The reply itself vouches for its attempt and key.
    expect(await (await open()).begin(call)).toEqual(answered());
  });
});

describe('a directory that cannot be written', () => {
  /** Works for any user, root included: a file stands where the directory was. */
  const breakDirectory = async (): Promise<void> => {
    await rename(directory, `${directory}.away`);
    await writeFile(directory, '');
  };
  const repairDirectory = async (): Promise<void> => {
    await rm(directory);
    await rename(`${directory}.away`, directory);
  };

  it('lets nothing begin, and burns no attempt id', async () => {
    const journal = await open();
    await breakDirectory();
    await expect(journal.begin(call)).rejects.toThrow(JournalUnavailableError);
    await expect(journal.probe()).rejects.toThrow(JournalUnavailableError);
    await repairDirectory();
    await journal.probe();
    expect(await journal.begin(call)).toBeNull();
  });

  it('leaves an attempt interrupted whose reply it could not take', async () => {
    const journal = await open();
    await journal.begin(call);
    await breakDirectory();
    await expect(journal.settle(call, answered())).rejects.toThrow(JournalUnavailableError);
    await repairDirectory();
    expect(await journal.begin(call)).toMatchObject({ state: 'unknown', reason: 'interrupted' });
  });

  it('is no place to open a journal', async () => {
    await writeFile(directory, '');
    await expect(open()).rejects.toThrow(JournalUnavailableError);
  });
});

it('leaves nothing behind when it probes', async () => {
  const journal = await open();
  await journal.probe();
  expect(await readdir(directory)).toEqual([]);
});
