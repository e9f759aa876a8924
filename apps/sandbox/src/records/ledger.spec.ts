import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ledger, type LedgerLine } from './ledger';

let directory: string;
beforeEach(async () => (directory = await mkdtemp(join(tmpdir(), 'piaoyan-ledger-'))));
afterEach(() => rm(directory, { recursive: true }));

const bill = { billCode: '33060126', billNumber: '0041207735' };
const line = (change: Partial<LedgerLine> = {}): LedgerLine => ({
  ...{ number: 1, at: '2026-05-20T02:15:30.000Z', day: '2026-05-20', provider: 'netocr', requestNumber: 1, taskNumber: '1' },
  ...bill,
  ...{ code: '0', lookedUp: 'MATCH', charged: true, reached: true, delivery: 'answered', fault: null },
  ...change,
});

it('counts the look-ups of a bill on a day at a provider, and those that failed, also after a restart', async () => {
  const ledger = await Ledger.open(directory);
  await ledger.add(line());
  await ledger.add(line({ lookedUp: 'MISMATCH' }));
  await ledger.add(line({ lookedUp: null }));
  await ledger.add(line({ provider: 'jumdata' }));
  await ledger.add(line({ day: '2026-05-21' }));
  await ledger.add(line({ billNumber: '0041207736', lookedUp: 'NOT_FOUND' }));
  for (const each of [ledger, await Ledger.open(directory)]) {
    expect(each.count('netocr', '2026-05-20', bill)).toEqual({ total: 2, failed: 1 });
    expect(each.count('jumdata', '2026-05-20', bill)).toEqual({ total: 1, failed: 0 });
    expect(each.count('netocr', '2026-05-21', bill)).toEqual({ total: 1, failed: 0 });
    expect(each.count('netocr', '2026-05-20', { ...bill, billNumber: '0041207736' })).toEqual({ total: 1, failed: 1 });
    expect(each.count('generic', '2026-05-20', bill)).toEqual({ total: 0, failed: 0 });
    expect(each.lines).toHaveLength(6);
  }
});

it('has every line on disk when it says so, in order, also when many come at once', async () => {
  const ledger = await Ledger.open(directory);
  const adding = Array.from({ length: 200 }, async (_, number) => {
    await ledger.add(line({ number }));
    expect(await readFile(join(directory, 'ledger.jsonl'), 'utf8')).toContain(`"number":${number},`);
  });
  await Promise.all(adding);
  expect((await Ledger.open(directory)).lines.map(({ number }) => number)).toEqual(Array.from({ length: 200 }, (_, number) => number));
});
