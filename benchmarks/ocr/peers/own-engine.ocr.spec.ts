import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { drawPage } from '../../../libs/ocr/test/draw-page';
import { EngineProcess } from './engine-process';

/** Real: this engine in a process of its own, from source, with the best model pack that was brought to models/. */
describe('this engine behind the peers’ protocol', () => {
  const root = join(__dirname, '../../..');
  const source = join(__dirname, 'own-engine.ts');
  let engine: EngineProcess;
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'own-engine-'));
    const args = ['--require', '@swc-node/register', source, join(root, 'models'), '1'];
    engine = await EngineProcess.start({ name: 'this engine', command: process.execPath, args });
  });

  afterAll(async () => {
    await engine.close();
    rmSync(folder, { recursive: true });
  });

  it('reads a file, and spends in the models a part of its core time', async () => {
    const { width, height, rgb } = await drawPage(600, 120, [{ text: '票据代码：31060126', x: 60, y: 70 }]);
    const file = join(folder, 'page.png');
    await sharp(rgb, { raw: { width, height, channels: 3 } }).toFile(file);
    const page = await engine.read({ file });
    expect(page.lines).toEqual(['票据代码：31060126']);
    expect(page.modelSeconds).toBeGreaterThan(0);
    expect(page.modelSeconds).toBeLessThanOrEqual(page.cpuSeconds);
    expect(engine.peakRssMiB() ?? 100).toBeGreaterThan(50);
  });

  it('reads several files with more than one in hand', async () => {
    const file = join(folder, 'page.png');
    expect(await engine.readBatch({ files: [file, file, file], atOnce: 2 })).toMatchObject({ type: 'batch', pages: 3 });
  });

  it('goes on after a file that it cannot read', async () => {
    await expect(engine.read({ file: join(folder, 'none.png') })).rejects.toThrow('none.png');
    await expect(engine.read({ file: join(folder, 'page.png') })).resolves.toMatchObject({ lines: ['票据代码：31060126'] });
  });
});
