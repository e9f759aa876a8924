import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Reading } from '@app/contracts';
import { strToU8, zipSync } from 'fflate';
import { type FileReading, readFiles } from './read-files';

const reading = (code: string): Reading => ({
  decision: 'refuse',
  refusal: { code, message: { 'zh-CN': '', en: '' } },
  pages: [],
  bills: [],
  timings: {},
});

describe('readFiles', () => {
  const folder = mkdtempSync(join(tmpdir(), 'piaoyan-read-'));
  const files = ['a', 'b', 'c', 'd'].map((name) => {
    writeFileSync(join(folder, name), name);
    return join(folder, name);
  });

  it('reports in the order of the arguments, whichever file is done first', async () => {
    const releases = new Map<string, () => void>();
    const order: string[] = [];
    const run = readFiles(
      { read: (bytes) => new Promise((resolve) => releases.set(bytes.toString(), () => resolve(reading(bytes.toString())))) },
      files.slice(0, 3),
      { jobs: 3, onResult: ({ file }) => order.push(file) },
    );
    await until(() => releases.size === 3);
    for (const name of ['c', 'b', 'a']) releases.get(name)?.();
    await run;
    expect(order).toEqual(files.slice(0, 3));
  });

  it('has the given number in work and never more', async () => {
    const waiting: (() => void)[] = [];
    let busy = 0;
    const read = (): Promise<Reading> => {
      busy += 1;
      return new Promise((resolve) =>
        waiting.push(() => {
          busy -= 1;
          resolve(reading('x'));
        }),
      );
    };
    const run = readFiles({ read }, files, { jobs: 2, onResult: () => undefined });
    for (let done = 0; done < files.length; done += 1) {
      await until(() => waiting.length === Math.min(2, files.length - done));
      expect(busy).toBe(waiting.length);
      waiting.shift()?.();
    }
    await run;
  });

  const readAll = async (paths: string[]) => {
    const results: FileReading[] = [];
    const read = (bytes: Buffer) => Promise.resolve(reading(bytes.toString()));
    const failed = await readFiles({ read }, paths, { jobs: 2, onResult: (result) => results.push(result) });
    return { results, failed };
  };

  it('says why a file failed and goes on with the others', async () => {
    const { results, failed } = await readAll([join(folder, 'missing'), ...files.slice(0, 1)]);
    expect(results[0]).toMatchObject({ error: expect.stringContaining('ENOENT') as string });
    expect(results[1]).toMatchObject({ refusal: { code: 'a' } });
    expect(failed).toBe(1);
  });

  it('reads the documents in an archive one by one, in its place', async () => {
    const archive = join(folder, 'batch.zip');
    writeFileSync(archive, zipSync({ 'one.jpg': strToU8('1'), 'folder/two.pdf': strToU8('2'), '__MACOSX/one.jpg': strToU8('x') }));
    const { results } = await readAll([files[0]!, archive, files[1]!]);
    expect(results.map(({ file }) => file.slice(folder.length + 1))).toEqual(['a', 'batch.zip/one.jpg', 'batch.zip/folder/two.pdf', 'b']);
    expect(results.map((result) => ('refusal' in result ? result.refusal?.code : ''))).toEqual(['a', '1', '2', 'b']);
  });

  it('says of an archive that cannot be read that it failed', async () => {
    const broken = join(folder, 'broken.zip');
    writeFileSync(broken, zipSync({ 'one.jpg': strToU8('1') }).subarray(0, 40));
    expect((await readAll([broken, files[0]!])).failed).toBe(1);
  });
});

async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error('condition not met within a minute');
    await new Promise((resolve) => setImmediate(resolve));
  }
}
