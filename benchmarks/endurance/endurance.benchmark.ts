import { OcrEngine, resolvePack } from '@app/ocr';
import { join } from 'node:path';
import { stdout } from 'node:process';
import { parseArgs } from 'node:util';
import { positive } from '../numeric-option';
import { readTruth } from '../ocr/truth';
import { EnduranceRecord, type Stretch } from './endurance-record';
import { renderEndurance, stretchHead, stretchRow, type EnduranceResult } from './endurance-report';
import { inHand } from '../in-hand';
import { engineSubject, readingSubject, type PageSubject } from './page-subject';
import { StallWatch } from './stall-watch';
import type { StallReport } from './stalls';

const OPTIONS = {
  data: { type: 'string' },
  models: { type: 'string', default: 'models' },
  workers: { type: 'string', default: '2' },
  pages: { type: 'string', default: '4' },
  count: { type: 'string', default: '500' },
  every: { type: 'string', default: '1' },
  reader: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} as const;

const STRETCH_PAGES = 50;
const MIB = 1024 * 1024;

/**
 * Reads the receipts of `--data` over and over, `--count` pages in all with `--pages` in hand, after each was read alone once. Watches
 * memory, the stalls of the calling thread, and whether results stay the same. `--reader` reads them as a worker process does, QR codes
 * and bills included. Ends with 1 when a result was another than alone.
 */
export async function runEnduranceBenchmark(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: OPTIONS });
  if (values.data === undefined) throw new Error('--data DIR is needed: a folder of receipts with a truth.json');
  const dataDir = values.data;
  const every = positive('--every', values.every);
  const files = readTruth(dataDir)
    .filter((_, index) => index % every === 0)
    .map(({ file }) => join(dataDir, file));
  const workers = positive('--workers', values.workers);
  const pagesInHand = positive('--pages', values.pages);
  const count = positive('--count', values.count);
  const pack = await resolvePack(values.models);
  // The engine itself refuses a page beyond those in hand.
  const engine = await OcrEngine.create({ packDir: pack.dir, workers, maxPages: pagesInHand });
  try {
    const subject = values.reader ? readingSubject(engine) : engineSubject(engine);
    const run = await endure({ subject, files, count, pagesInHand, say: values.json ? () => undefined : say });
    const name = values.reader ? 'whole reader' : 'engine';
    const { stretches, ...rest } = run;
    const result: EnduranceResult = { subject: name, pack: pack.name, workers, pagesInHand, files: files.length, ...rest };
    say(values.json ? JSON.stringify({ ...result, stretches }) : renderEndurance(result));
    return result.different.length === 0 ? 0 : 1;
  } finally {
    await engine.close();
  }
}

interface Endurance {
  subject: PageSubject;
  files: readonly string[];
  count: number;
  pagesInHand: number;
  say: (line: string) => void;
}

type Endured = Pick<EnduranceResult, 'coldStartMs' | 'pages' | 'pagesPerSecond' | 'coreSecondsPerPage' | 'peakRssMiB' | 'growth'> &
  Pick<EnduranceResult, 'heldBy' | 'different'> & { stalls: StallReport; stretches: Stretch[] };

async function endure({ subject, files, count, pagesInHand, say }: Endurance): Promise<Endured> {
  const { alone, coldStartMs } = await readAlone(subject, files);
  const watch = new StallWatch();
  const record = new EnduranceRecord(gaugesOf(watch), STRETCH_PAGES);
  const different = new Set<string>();
  say(stretchHead());
  await inHand(count, pagesInHand, async (index) => {
    const file = files[index % files.length] ?? '';
    if ((await subject.read(file)) !== alone.get(file)) different.add(file);
    const stretch = record.pageDone();
    if (stretch) say(stretchRow(stretch));
  });
  const stalls = watch.stop();
  const peakRssMiB = process.resourceUsage().maxRSS / 1024;
  const measured = { coldStartMs, peakRssMiB, growth: record.growth(), stalls, stretches: record.stretches };
  return { ...record.overall(), ...measured, heldBy: subject.heldBy(), different: [...different].sort() };
}

/** What each file gives when nothing else is read, and when the first was done, counted from the start of the process. */
async function readAlone(subject: PageSubject, files: readonly string[]): Promise<{ alone: Map<string, string>; coldStartMs: number }> {
  const alone = new Map<string, string>();
  let coldStartMs = 0;
  for (const file of files) {
    alone.set(file, await subject.read(file));
    if (alone.size === 1) coldStartMs = performance.now();
  }
  return { alone, coldStartMs };
}

function gaugesOf(watch: StallWatch) {
  return {
    nowMs: () => performance.now(),
    coreMs: () => {
      const { user, system } = process.cpuUsage();
      return (user + system) / 1000;
    },
    rssMiB: () => process.memoryUsage.rss() / MIB,
    takeLongestStallMs: () => watch.takeLongestMs(),
  };
}

function say(text: string): void {
  stdout.write(`${text}\n`);
}
