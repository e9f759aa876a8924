import { OcrEngine, resolvePack } from '@app/ocr';
import { BILL_SHAPES } from '@app/reading';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { stdout } from 'node:process';
import { parseArgs } from 'node:util';
import { positive } from '../numeric-option';
import { decodePage } from './decode-page';
import { comparePeers, type PeerRun } from './peers/compare-peers';
import { renderComparison, renderThroughput } from './peers/comparison-report';
import { renderReport } from './report';
import { scoreLines } from './score';
import { summarize, type PageMeasure, type Summary } from './summary';
import { readTruth, type ReceiptTruth } from './truth';

const OPTIONS = {
  data: { type: 'string' },
  models: { type: 'string', default: 'models' },
  workers: { type: 'string', default: String(availableParallelism()) },
  pages: { type: 'string' },
  every: { type: 'string', default: '1' },
  peers: { type: 'boolean', default: false },
  misses: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} as const;

/** Enough that no worker of a pool of two or four waits while another one looks for text. */
const PEERS_PAGES_IN_HAND = 4;

/**
 * Reads every receipt of `--data` and scores the text against its truth.json: `--workers` threads, `--pages` pages at a time,
 * only each `--every`th receipt, `--misses` names what was not found. `--peers` reads them with RapidOCR too, page by page in turn, and
 * then in chunks with `--pages` of this engine's in hand.
 */
export async function runOcrBenchmark(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: OPTIONS });
  if (values.data === undefined) throw new Error('--data DIR is needed: a folder of receipts with a truth.json');
  const every = positive('--every', values.every);
  const truths = readTruth(values.data).filter((_, index) => index % every === 0);
  const workers = positive('--workers', values.workers);
  const given = values.pages === undefined ? undefined : positive('--pages', values.pages);
  const run = { truths, dataDir: values.data, modelsDir: values.models, workers };
  if (values.peers) {
    const comparison = await comparePeers({ ...run, pagesInHand: given ?? PEERS_PAGES_IN_HAND });
    stdout.write(values.json ? `${JSON.stringify(comparison)}\n` : renderComparison(comparison) + renderThroughput(comparison.throughput));
    return 0;
  }
  const { summary, measures } = await measureEngine({ ...run, pagesInHand: given ?? 1 });
  stdout.write(values.json ? `${JSON.stringify({ ...summary, pages: measures })}\n` : renderReport(summary, values.misses ? measures : []));
  return 0;
}

async function measureEngine(run: PeerRun): Promise<{ summary: Summary; measures: PageMeasure[] }> {
  const { truths, dataDir, workers, pagesInHand } = run;
  const pack = await resolvePack(run.modelsDir);
  const engine = await OcrEngine.create({ packDir: pack.dir, workers, shapes: BILL_SHAPES });
  await readAll(engine, dataDir, truths.slice(0, 1), 1);
  const coldStartMs = performance.now();
  const before = process.cpuUsage();
  const startedAt = performance.now();
  const measures = await readAll(engine, dataDir, truths, pagesInHand);
  const wallMs = performance.now() - startedAt;
  const { user, system } = process.cpuUsage(before);
  await engine.close();
  const measure = { pack: pack.name, workers, pagesInHand, coldStartMs, wallMs, cpuMs: (user + system) / 1000 };
  return { summary: summarize(measures, measure), measures };
}

/** Pages are decoded within the measured time, as they are in the product. */
async function readAll(engine: OcrEngine, dataDir: string, truths: readonly ReceiptTruth[], atOnce: number): Promise<PageMeasure[]> {
  const measures: PageMeasure[] = [];
  const waiting = [...truths];
  const lane = async (): Promise<void> => {
    for (let truth = waiting.shift(); truth; truth = waiting.shift()) {
      const startedAt = performance.now();
      const text = await engine.read(await decodePage(join(dataDir, truth.file)));
      const lines = text.lines.map((line) => line.text);
      measures.push({
        file: truth.file,
        mode: truth.mode,
        ms: performance.now() - startedAt,
        detectMs: text.timings.detectMs,
        recognizeMs: text.timings.recognizeMs,
        modelMs: text.timings.modelMs,
        turned: text.turned,
        lines: lines.length,
        score: scoreLines(lines, truth),
        allElementsRaw: scoreLines(
          text.lines.map((line) => line.raw),
          truth,
        ).allElements,
      });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  return measures;
}
