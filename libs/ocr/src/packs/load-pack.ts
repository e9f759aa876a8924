import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ModelPackError } from './model-pack.error';
import { MODEL_PACKS, type ModelFile, type ModelPack } from './model-packs';

/** Tells which pack a folder holds, by the names of its files. */
export function identifyPack(packDir: string, packs: readonly ModelPack[] = MODEL_PACKS): ModelPack | undefined {
  return packs.find((pack) => pack.files.every((file) => existsSync(join(packDir, file.name))));
}

/** Reads one model file; throws `ModelPackError` unless its bytes are the published ones. */
export async function readModelFile(packDir: string, file: ModelFile): Promise<Buffer> {
  const path = join(packDir, file.name);
  const bytes = await readFile(path);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (sha256 === file.sha256) return bytes;
  throw new ModelPackError(
    'damaged',
    `${path} is not the published model file: SHA-256 is ${sha256} (${bytes.length} bytes), expected ${file.sha256} (${file.bytes} bytes). ` +
      'Delete the file and run "npm run models", or copy the folder again from a machine where it works.',
  );
}

/** Checks every file of the pack in `packDir` against its published SHA-256; throws `ModelPackError`. */
export async function checkPack(packDir: string, packs: readonly ModelPack[] = MODEL_PACKS): Promise<ModelPack> {
  const pack = identifyPack(packDir, packs);
  if (!pack) {
    throw new ModelPackError('unknown', `${packDir} holds none of the model packs ${names(packs)} completely. Run "npm run models".`);
  }
  for (const file of pack.files) await readModelFile(packDir, file);
  return pack;
}

/** The packs' names as a sentence part. */
export function names(packs: readonly ModelPack[]): string {
  return packs.map((pack) => `"${pack.name}"`).join(', ');
}
