import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ModelPack } from '@app/ocr';
import type { PackFiles } from './pack-folder';

/** Takes a pack from an installed npm package: no network is needed. */
export async function fromInstalledPackage(pack: ModelPack): Promise<PackFiles> {
  const { package: name, folder } = pack.source;
  const root = dirname(require.resolve(`${name}/package.json`));
  const files: PackFiles = new Map();
  for (const file of pack.files) files.set(file.name, await readFile(join(root, folder, file.name)));
  return files;
}
