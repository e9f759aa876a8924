import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ModelPack } from '@app/ocr';
import packs from '../../../../models/packs.json';
import { fromInstalledPackage } from './npm-source';
import { installPack, packState } from './pack-folder';

const pack = (packs as ModelPack[]).find(({ source }) => source.registry === 'npm')!;

describe('fromInstalledPackage', () => {
  it('finds the fallback pack among the installed packages, byte for byte as published', async () => {
    const modelsDir = await mkdtemp(join(tmpdir(), 'piaoyan-models-test-'));
    await installPack(modelsDir, pack, await fromInstalledPackage(pack));
    expect(await packState(modelsDir, pack)).toBe('complete');
    await rm(modelsDir, { recursive: true });
  });

  it('says what to do when the package is not there', async () => {
    const absent = { ...pack, source: { ...pack.source, package: '@nobody/has-this' } };
    await expect(fromInstalledPackage(absent)).rejects.toThrow('the npm package @nobody/has-this is not installed: run npm ci');
  });
});
