import { setTimeout as pause } from 'node:timers/promises';
import { billXml, sampleBill } from '@app/samples';
import { FuzzRun } from '../fuzz/fuzz-run';
import { FUZZ_DAY } from '../fuzz/fuzz-subjects';
import { countingServer } from './counting-server';
import { HOSTILE_ARCHIVES } from './hostile-archives';
import type { HostileFile } from './hostile-file';
import { hostileOfds } from './hostile-ofds';
import { hostilePdfs } from './hostile-pdfs';
import { HOSTILE_PICTURES } from './hostile-pictures';
import { hostileXmls } from './hostile-xmls';

/** Ten seconds of a parser's own time, thrice as long where the machine is busy, and what the reading takes besides. */
const MAX_MS = 45_000;
const MAX_MIB = 512;

const rssMiB = () => process.memoryUsage.rss() / 1_048_576;

describe.each<[string, (home: string) => readonly HostileFile[]]>([
  ['archives', () => HOSTILE_ARCHIVES],
  ['XML', hostileXmls],
  ['pictures and files that are two things', () => HOSTILE_PICTURES],
  ['PDF', hostilePdfs],
  ['OFD', hostileOfds],
])('hostile %s', (_, filesNaming) => {
  const run = new FuzzRun();
  const good = Buffer.from(billXml(sampleBill(5, { today: FUZZ_DAY })));
  let home: Awaited<ReturnType<typeof countingServer>>;

  beforeAll(async () => (home = await countingServer()));
  afterAll(async () => {
    await run.close();
    await home.close();
  });

  it.each(filesNaming('nobody').map(({ name }, index) => [name, index] as const))('%s', async (_name, index) => {
    const { make, ends } = filesNaming(home.url)[index]!;
    const bytes = await make();
    const before = rssMiB();
    let peak = before;
    const watch = setInterval(() => (peak = Math.max(peak, rssMiB())), 10);
    const end = await run.read(bytes);
    clearInterval(watch);
    expect(ends).toContain(end.outcome);
    expect(end).toMatchObject({ problem: null });
    expect(end.ms).toBeLessThan(MAX_MS);
    expect(peak - before).toBeLessThan(MAX_MIB);
    expect(await run.read(good)).toMatchObject({ outcome: 'auto' });
  });

  it('asks nobody', async () => {
    // What was sent at the last moment arrives within one turn of the loop.
    await pause(50);
    expect(home.asked).toEqual([]);
  });
});
