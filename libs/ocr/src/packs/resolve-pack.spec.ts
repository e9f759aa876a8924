import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkPack, readModelFile } from './load-pack';
import { ModelPackError } from './model-pack.error';
import { MODEL_PACKS, type ModelPack } from './model-packs';
import { resolvePack } from './resolve-pack';

function pack(name: string): ModelPack {
  const file = (role: 'det' | 'rec', content: string) => ({
    role,
    name: `${name}-${role}.onnx`,
    bytes: content.length,
    sha256: createHash('sha256').update(content).digest('hex'),
    licence: 'Apache-2.0',
  });
  return {
    name,
    source: { registry: 'npm', package: name, version: '1.0.0', folder: '' },
    files: [file('det', 'detects'), file('rec', 'reads')],
  };
}

const PACKS = [pack('better'), pack('worse')];

describe('model packs', () => {
  let models: string;

  beforeEach(() => (models = mkdtempSync(join(tmpdir(), 'packs-'))));
  afterEach(() => rmSync(models, { recursive: true }));

  function bring(name: string, contents: Record<string, string> = { det: 'detects', rec: 'reads' }): string {
    const dir = join(models, name);
    mkdirSync(dir);
    for (const [role, content] of Object.entries(contents)) writeFileSync(join(dir, `${name}-${role}.onnx`), content);
    return dir;
  }

  it('takes the best pack that is there', async () => {
    const worse = bring('worse');
    expect(await resolvePack(models, PACKS)).toEqual({ name: 'worse', dir: worse });
    const better = bring('better');
    expect(await resolvePack(models, PACKS)).toEqual({ name: 'better', dir: better });
  });

  it('passes over a pack that was only half brought', async () => {
    bring('better', { det: 'detects' });
    bring('worse');
    expect(await resolvePack(models, PACKS)).toMatchObject({ name: 'worse' });
  });

  it('does not step down from a damaged pack', async () => {
    bring('better', { det: 'detects', rec: 'other' });
    bring('worse');
    await expect(resolvePack(models, PACKS)).rejects.toMatchObject({ name: 'ModelPackError', code: 'damaged' });
    await expect(resolvePack(models, PACKS)).rejects.toThrow(
      /better-rec\.onnx is not the published model file: SHA-256 is .*npm run models/u,
    );
  });

  it('says what to do when there is none', async () => {
    await expect(resolvePack(models, PACKS)).rejects.toThrow(ModelPackError);
    await expect(resolvePack(join(models, 'absent'), PACKS)).rejects.toThrow(/"better", "worse".*npm run models.*PIAOYAN_MODELS/u);
  });

  it('tells which pack a folder holds, and gives the bytes that it checked', async () => {
    const dir = bring('worse');
    const pack = await checkPack(dir, PACKS);
    expect(pack.name).toBe('worse');
    const recognizer = pack.files.find(({ role }) => role === 'rec')!;
    expect((await readModelFile(dir, recognizer)).toString()).toBe('reads');
  });

  it('does not open a folder that holds something else, or changed files', async () => {
    await expect(checkPack(models, PACKS)).rejects.toMatchObject({ code: 'unknown' });
    await expect(checkPack(bring('better', { det: 'detects', rec: 'changed' }), PACKS)).rejects.toMatchObject({ code: 'damaged' });
  });
});

describe('the published list', () => {
  it('pins every file of every pack, with what the engine needs', () => {
    expect(MODEL_PACKS.map(({ name }) => name)).toEqual(['pp-ocrv6-small', 'pp-ocrv4-mobile']);
    for (const { files } of MODEL_PACKS) {
      expect(files.map(({ role }) => role)).toEqual(expect.arrayContaining(['det', 'rec', 'cls']));
      for (const file of files) expect(file.sha256).toMatch(/^[0-9a-f]{64}$/u);
    }
  });
});
