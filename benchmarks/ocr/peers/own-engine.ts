import { BILL_SHAPES } from '@app/reading';
import { OcrEngine, resolvePack } from '@app/ocr';
import { argv, cpuUsage, stdin, stdout } from 'node:process';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { inHand } from '../../in-hand';
import { decodePage } from '../decode-page';
import { BatchRequest, PageRequest, type EngineMessage } from './protocol';

const Request = z.union([PageRequest, BatchRequest]);

/** This engine behind the same protocol as its peers: `own-engine MODELS_DIR WORKERS`. */
async function main([modelsDir = 'models', workers = '2']: string[]): Promise<void> {
  const pack = await resolvePack(modelsDir);
  const engine = await OcrEngine.create({ packDir: pack.dir, workers: Number(workers), shapes: BILL_SHAPES });
  say({ type: 'ready', detail: `pack ${pack.name}, ${workers} workers` });
  for await (const line of createInterface({ input: stdin })) {
    say(await answer(engine, Request.parse(JSON.parse(line))));
  }
  await engine.close();
}

/** Every failure is an answer: the benchmark stops and names it. */
async function answer(engine: OcrEngine, request: z.infer<typeof Request>): Promise<EngineMessage> {
  try {
    return 'file' in request ? await readPage(engine, request) : await readBatch(engine, request);
  } catch (error) {
    return { type: 'failed', message: String(error) };
  }
}

async function readPage(engine: OcrEngine, { file }: PageRequest): Promise<EngineMessage> {
  const elapsed = stopwatch();
  const text = await engine.read(await decodePage(file));
  return { type: 'page', ...elapsed(), modelSeconds: text.timings.modelMs / 1000, lines: text.lines.map((line) => line.text) };
}

async function readBatch(engine: OcrEngine, { files, atOnce }: BatchRequest): Promise<EngineMessage> {
  const elapsed = stopwatch();
  await inHand(files.length, atOnce, async (index) => {
    await engine.read(await decodePage(files[index] ?? ''));
  });
  return { type: 'batch', ...elapsed(), pages: files.length };
}

function stopwatch(): () => { seconds: number; cpuSeconds: number } {
  const startedAt = performance.now();
  const cpuAtStart = cpuUsage();
  return () => {
    const { user, system } = cpuUsage(cpuAtStart);
    return { seconds: (performance.now() - startedAt) / 1000, cpuSeconds: (user + system) / 1e6 };
  };
}

function say(message: EngineMessage): void {
  stdout.write(`${JSON.stringify(message)}\n`);
}

void main(argv.slice(2));
