import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ModelPack } from '@app/ocr';
import { ModelsError } from './models.error';

/** `damaged`: every file is there, and one of them is not what was published. */
export type PackState = 'complete' | 'absent' | 'damaged';

/** File name to content. */
export type PackFiles = Map<string, Buffer>;

/** Looks at a pack in the models folder, hashing every file of it. */
export async function packState(modelsDir: string, pack: ModelPack): Promise<PackState> {
  const files: PackFiles = new Map();
  for (const { name } of pack.files) {
    const bytes = await readFile(join(modelsDir, pack.name, name)).catch(unlessMissing);
    if (!bytes) return 'absent';
    files.set(name, bytes);
  }
  return wrongFiles(pack, files).length === 0 ? 'complete' : 'damaged';
}

/** Puts a pack's files into the models folder all at once; refuses them unless each is the published one. */
export async function installPack(modelsDir: string, pack: ModelPack, files: PackFiles): Promise<void> {
  const wrong = wrongFiles(pack, files);
  if (wrong.length > 0) throw new ModelsError(`refused, because these are not the published files: ${wrong.join('; ')}`);
  const target = join(modelsDir, pack.name);
  const partial = `${target}.partial-${process.pid}`;
  await mkdir(partial, { recursive: true });
  for (const [name, bytes] of files) await writeFile(join(partial, name), bytes);
  await rm(target, { recursive: true, force: true });
  await rename(partial, target);
}

/** Removes what is left of a pack. */
export async function removePack(modelsDir: string, pack: ModelPack): Promise<void> {
  await rm(join(modelsDir, pack.name), { recursive: true, force: true });
}

function wrongFiles(pack: ModelPack, files: PackFiles): string[] {
  return pack.files.flatMap(({ name, sha256 }) => {
    const bytes = files.get(name);
    if (!bytes) return [`${name} is missing`];
    const found = createHash('sha256').update(bytes).digest('hex');
    return found === sha256 ? [] : [`${name} has SHA-256 ${found}, expected ${sha256}`];
  });
}

function unlessMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
