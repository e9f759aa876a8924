import { OcrEngine, resolvePack } from '@app/ocr';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { stdout } from 'node:process';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { renderReport } from './report';
import { scoreLines } from './score';
import { summarize, type PageMeasure } from './summary';
import { readTruth } from './truth';

const OPTIONS = {
  data: { type: 'string' },
  models: { type: 'string', default: 'models' },
  workers: { type: 'string', default: String(availableParallelism()) },
  pages: { type: 'string', default: '1' },
  misses: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} as const;

/**
 * Reads every receipt of `--data` and scores the raw text against its truth.json: `--workers` threads, `--pages` pages at a time,
 * `--misses` names what was not found.
 */
export async function runOcrBenchmark(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: OPTIONS });
  if (values.data === undefined) throw new Error('--data DIR is needed: a folder of receipts with a truth.json');
  const pack = await resolvePack(values.models);
  const engine = await OcrEngine.create({ packDir: pack.dir, workers: Number(values.workers) });
  const before = process.cpuUsage();
  const startedAt = performance.now();
  const measures = await readAll(engine, values.data, Number(values.pages));
  const wallMs = performance.now() - startedAt;
  const { user, system } = process.cpuUsage(before);
  await engine.close();
  const summary = summarize(measures, { wallMs, cpuMs: (user + system) / 1000, pack: pack.name, workers: Number(values.workers) });
  stdout.write(values.json ? `${JSON.stringify({ ...summary, pages: measures })}\n` : renderReport(summary, values.misses ? measures : []));
  return 0;
}

/** Pages are decoded within the measured time, as they are in the product. */
async function readAll(engine: OcrEngine, dataDir: string, atOnce: number): Promise<PageMeasure[]> {
  const measures: PageMeasure[] = [];
  const waiting = readTruth(dataDir);
  const lane = async (): Promise<void> => {
    for (let truth = waiting.shift(); truth; truth = waiting.shift()) {
      const startedAt = performance.now();
      const { data, info } = await sharp(join(dataDir, truth.file))
        .rotate()
        .removeAlpha()
        .toColourspace('srgb')
        .raw()
        .toBuffer({ resolveWithObject: true });
      const text = await engine.read({ width: info.width, height: info.height, rgb: data });
      const lines = text.lines.map((line) => line.text);
      measures.push({
        file: truth.file,
        mode: truth.mode,
        ms: performance.now() - startedAt,
        detectMs: text.timings.detectMs,
        recognizeMs: text.timings.recognizeMs,
        turned: text.turned,
        lines: lines.length,
        score: scoreLines(lines, truth),
      });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  return measures;
}
