import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The checkout this code runs from, whether as source or compiled. */
export function projectRoot(): string {
  let folder = __dirname;
  while (!existsSync(join(folder, 'nest-cli.json'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error(`${__dirname} lies in no checkout of this project: nest-cli.json was not found above it`);
    folder = parent;
  }
  return folder;
}
