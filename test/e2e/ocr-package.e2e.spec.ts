import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { drawPage } from '../../libs/ocr/test/draw-page';
import { packAtHand } from '../../libs/ocr/test/open-engine';

/**
 * Real: the packed tarball of @piaoyan/ocr, unpacked outside the repository beside the runtime as installed and nothing else, and programs
 * without a TypeScript loader that read a page with it.
 */

const ROOT = resolve(__dirname, '../..');
const run = promisify(execFile);

const READ = `
async function main(OcrEngine) {
  const engine = await OcrEngine.create({ packDir: process.argv[2], workers: 2 });
  const page = await engine.read({ width: 600, height: 200, rgb: new Uint8Array(readFileSync('page.rgb')) });
  await engine.close();
  console.log(JSON.stringify({ provider: engine.provider, texts: page.lines.map(({ text }) => text.replaceAll(' ', '')) }));
}
`;

const PROGRAMS: Record<string, string> = {
  'read.cjs': `const { readFileSync } = require('node:fs');\nconst { OcrEngine } = require('@piaoyan/ocr');\n${READ}\nmain(OcrEngine);`,
  'read.mjs': `import { readFileSync } from 'node:fs';\nimport { OcrEngine } from '@piaoyan/ocr';\n${READ}\nawait main(OcrEngine);`,
  'typed.mts': `
import { OcrEngine, OcrPageError, resolvePack, type PageText, type TextLine } from '@piaoyan/ocr';
export async function read(rgb: Uint8Array): Promise<TextLine[]> {
  const pack = await resolvePack('models');
  const engine = await OcrEngine.create({ packDir: pack.dir, workers: 2, providers: ['cuda', 'cpu'] });
  const page: PageText = await engine.read({ width: 600, height: 200, rgb }, { onProgress: ({ done, total }) => console.log(done / total) });
  // @ts-expect-error a page has no such property, which shows that its type is known
  page.nonsense;
  return page.lines;
}
export const problem = (error: OcrPageError): string => error.problem;
`,
};

describe('the package @piaoyan/ocr', () => {
  let folder: string;
  let unpacked: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ocr-package-'));
    unpacked = join(folder, 'node_modules/@piaoyan/ocr');
    await run('npm', ['run', 'pack:ocr'], { cwd: ROOT });
    await mkdir(unpacked, { recursive: true });
    await run('tar', ['-xzf', join(ROOT, 'dist/packages', await tarball()), '-C', unpacked, '--strip-components=1']);
    await symlink(dirname(require.resolve('onnxruntime-node/package.json')), join(folder, 'node_modules/onnxruntime-node'));
    for (const [name, text] of Object.entries(PROGRAMS)) await writeFile(join(folder, name), text);
    const page = await drawPage(600, 200, [
      { text: '票据号码：0037704965', x: 40, y: 70 },
      { text: '1000.00', x: 40, y: 140 },
    ]);
    await writeFile(join(folder, 'page.rgb'), page.rgb);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function tarball(): Promise<string> {
    const [name = '', ...others] = (await readdir(join(ROOT, 'dist/packages'))).filter((file) => file.endsWith('.tgz'));
    expect(others).toEqual([]);
    return name;
  }

  it('holds what it needs, without tests and sources', async () => {
    const files = await readdir(unpacked, { recursive: true });
    expect(files).toEqual(expect.arrayContaining(['LICENSE', 'README.md', 'package.json', 'dist/libs/ocr/src/ocr.worker.js']));
    expect(files.filter((file) => /\.spec\.|[^d]\.ts$|node_modules|\.onnx$/.test(file))).toEqual([]);
  });

  it('depends on what it imports, in the versions that are tested here', async () => {
    const own = JSON.parse(await readFile(join(unpacked, 'package.json'), 'utf8')) as { dependencies: Record<string, string> };
    const root = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as { dependencies: Record<string, string> };
    const scripts = (await readdir(join(unpacked, 'dist'), { recursive: true })).filter((file) => file.endsWith('.js'));
    const texts = await Promise.all(scripts.map((file) => readFile(join(unpacked, 'dist', file), 'utf8')));
    const imported = texts.flatMap((text) => [...text.matchAll(/require\("([^."][^"]*)"\)/g)].map(([, name = '']) => name));
    const packages = new Set(imported.filter((name) => !name.startsWith('node:')));
    expect([...packages]).toEqual(Object.keys(own.dependencies));
    for (const [name, version] of Object.entries(own.dependencies)) expect(root.dependencies[name]).toBe(version);
  });

  it.each(['read.cjs', 'read.mjs'])('reads a page from %s', async (program) => {
    const { stdout } = await run(process.execPath, [program, packAtHand()], { cwd: folder, env: { PATH: process.env.PATH } });
    expect(JSON.parse(stdout)).toEqual({
      provider: 'cpu',
      texts: [expect.stringMatching(/^票据号码[：:]0037704965$/) as string, '1000.00'],
    });
  });

  it('tells a compiler its types', async () => {
    const types = ['--types', 'node', '--typeRoots', join(ROOT, 'node_modules/@types')];
    const options = ['--noEmit', '--strict', '--target', 'es2023', '--module', 'nodenext', ...types, 'typed.mts'];
    await run(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), ...options], { cwd: folder });
  });
});
