import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { stdout } from 'node:process';
import { parseArgs } from 'node:util';
import { OcrEngine, resolvePack } from '@app/ocr';
import { BILL_SHAPES, BillReader, CodeReader, DocumentReader } from '@app/reading';
import { readTruth } from '../ocr/truth';
import { compare } from './compare';
import { renderReport, type ReadingMeasure } from './report';

const OPTIONS = {
  data: { type: 'string' },
  models: { type: 'string', default: 'models' },
  workers: { type: 'string', default: String(availableParallelism()) },
  json: { type: 'boolean', default: false },
} as const;

/** Reads every receipt of `--data` through the whole reader and compares the result field by field with its truth.json. */
export async function runReadingBenchmark(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: OPTIONS });
  if (values.data === undefined) throw new Error('--data DIR is needed: a folder of receipts with a truth.json');
  const pack = await resolvePack(values.models);
  const engine = await OcrEngine.create({ packDir: pack.dir, workers: Number(values.workers), shapes: BILL_SHAPES, seals: 'read' });
  const codes = new CodeReader();
  const documents = new DocumentReader();
  try {
    const measures = await readAll(new BillReader(engine, codes, documents), values.data);
    stdout.write(values.json ? `${JSON.stringify(measures)}\n` : renderReport(measures, pack.name));
    return measures.some(({ decision, wrong }) => decision === 'auto' && wrong.length > 0) ? 1 : 0;
  } finally {
    await Promise.all([engine.close(), codes.close(), documents.close()]);
  }
}

async function readAll(reader: BillReader, folder: string): Promise<ReadingMeasure[]> {
  const measures: ReadingMeasure[] = [];
  for (const truth of readTruth(folder)) {
    const reading = await reader.read(await readFile(join(folder, truth.file)));
    measures.push({ file: truth.file, mode: truth.mode, ms: reading.timings.totalMs ?? 0, ...compare(reading, truth) });
  }
  return measures;
}
