import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SUITES } from '@app/crypto';
import { v7 as uuidv7 } from 'uuid';
import { createHealthApp } from './health-app';
import { Journal } from './journal/journal';
import { JournalKeeper } from './journal/journal-keeper';

const DAY_MS = 86_400_000;
const silent = { log: () => undefined, error: () => undefined, warn: () => undefined };

describe('the health of a running egress', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'piaoyan-health-'));
  });
  afterEach(() => rm(directory, { recursive: true }));

  it('tells, once the keeper went through the journal by itself, how many attempts nobody can read', async () => {
    const journal = await Journal.open({ directory, suite: SUITES.standard, settleWithinMs: 1_000 });
    const keeper = new JournalKeeper(journal.packing(14 * DAY_MS), silent);
    const app = await createHealthApp({ journal, keeper }, silent);
    await app.init();
    const old = uuidv7({ msecs: Date.now() - 20 * DAY_MS });
    const shard = shardOf(old);
    await mkdir(join(directory, shard), { recursive: true });
    await writeFile(join(directory, shard, `${old}.begin.json`), '{"attemptId":"cut');
    const figures = async () => {
      const { details } = (await app.inject({ url: '/health/ready' })).json<{ details: { journal: Record<string, unknown> } }>();
      return details.journal;
    };
    expect(await figures()).toMatchObject({ spoilt: null, measuredAt: null });
    keeper.start(1);
    for (let found = await figures(); found['measuredAt'] === null; found = await figures()) await new Promise(setImmediate);
    expect(await figures()).toMatchObject({ attempts: 1, spoilt: 1 });
    await keeper.stop();
    await app.close();
  });
});

function shardOf(attemptId: string): string {
  return attemptId.slice(-2);
}
