import { execFile } from 'node:child_process';
import { mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { SOURCE_ARGV } from '../../../../test/support/source-argv';

const run = promisify(execFile);
const ROOT = resolve(__dirname, '../../../..');

/** In a process of its own, with a home of its own: that is where onnxruntime 1.30 would keep what it collects. */
describe('the engine', () => {
  it('leaves no usage data behind', async () => {
    const home = await mkdtemp(join(tmpdir(), 'piaoyan-home-'));
    const program = `
      const { OcrEngine, resolvePack } = require('./libs/ocr/src');
      resolvePack('models')
        .then((pack) => OcrEngine.create({ packDir: pack.dir, workers: 1 }))
        .then((engine) => engine.close())
        .then(() => process.exit(0));`;
    await run(process.execPath, [...SOURCE_ARGV, '-e', program], { cwd: ROOT, env: { PATH: process.env.PATH, HOME: home } });
    const left = await readdir(home, { recursive: true });
    expect(left.filter((path) => path.includes('onnxruntime'))).toEqual([]);
  });
});
