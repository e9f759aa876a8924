import { OcrEngine, resolvePack } from '@app/ocr';
import { argv, cpuUsage, stdin, stdout } from 'node:process';
import { createInterface } from 'node:readline';
import { decodePage } from '../decode-page';
import { PageRequest, type EngineMessage } from './protocol';

/** This engine behind the same protocol as its peers: `own-engine MODELS_DIR WORKERS`. */
async function main([modelsDir = 'models', workers = '2']: string[]): Promise<void> {
  const pack = await resolvePack(modelsDir);
  const engine = await OcrEngine.create({ packDir: pack.dir, workers: Number(workers) });
  say({ type: 'ready', detail: `pack ${pack.name}, ${workers} workers` });
  for await (const line of createInterface({ input: stdin })) {
    const { file } = PageRequest.parse(JSON.parse(line));
    say(await answer(engine, file));
  }
  await engine.close();
}

async function answer(engine: OcrEngine, file: string): Promise<EngineMessage> {
  const startedAt = performance.now();
  const cpuAtStart = cpuUsage();
  try {
    const text = await engine.read(await decodePage(file));
    const { user, system } = cpuUsage(cpuAtStart);
    return {
      type: 'page',
      seconds: (performance.now() - startedAt) / 1000,
      cpuSeconds: (user + system) / 1e6,
      modelSeconds: text.timings.modelMs / 1000,
      lines: text.lines.map((line) => line.text),
    };
  } catch (error) {
    return { type: 'failed', message: String(error) };
  }
}

function say(message: EngineMessage): void {
  stdout.write(`${JSON.stringify(message)}\n`);
}

void main(argv.slice(2));
