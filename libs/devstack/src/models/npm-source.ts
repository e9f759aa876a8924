import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ModelPack } from '@app/ocr';
import { ModelsError } from './models.error';
import type { PackFiles } from './pack-folder';

/** Takes a pack from an installed npm package: no network is needed. */
export async function fromInstalledPackage(pack: ModelPack): Promise<PackFiles> {
  const root = packageFolder(pack.source.package);
  const files: PackFiles = new Map();
  for (const file of pack.files) files.set(file.name, await readFile(join(root, pack.source.folder, file.name)));
  return files;
}

/** Found by looking, because a package that lists its exports need not let its package.json be resolved. */
function packageFolder(name: string): string {
  const found = (require.resolve.paths(name) ?? []).map((folder) => join(folder, name)).find((folder) => existsSync(folder));
  if (!found) throw new ModelsError(`the npm package ${name} is not installed: run npm ci`);
  return found;
}
