import { zipSync } from 'fflate';
import { type BatchFile, readBatch } from './read-batch';

const zip = (files: Record<string, Uint8Array>) => Buffer.from(zipSync(files));
const text = (value: string) => new Uint8Array(Buffer.from(value));

describe('readBatch', () => {
  it('gives the files of people in order, and archives among them as they are', async () => {
    const inner = zip({ 'b.pdf': text('2') });
    const bytes = zip({
      '票据/二.pdf': text('2'),
      '票据/一.ofd': inner,
      '票据/': new Uint8Array(),
      '__MACOSX/票据/._二.pdf': text('9'),
      '票据/._二.pdf': text('9'),
      '.DS_Store': text('9'),
      '票据/Thumbs.db': text('9'),
      '票据/desktop.ini': text('9'),
      'a.xml': text('3'),
    });
    const files: BatchFile[] = [];
    for await (const file of readBatch(bytes)) files.push(file);
    expect(files.map(({ name }) => name)).toEqual(['票据/二.pdf', '票据/一.ofd', 'a.xml']);
    expect(files[1]?.bytes.equals(inner)).toBe(true);
  });

  it('refuses a batch as a whole before its first file', async () => {
    const files = readBatch(zip({ 'a.pdf': text('1'), 'b.pdf': text('22') }), { maxTotalBytes: 2 });
    await expect(files.next()).rejects.toMatchObject({ name: 'DocumentError', code: 'unsafe' });
  });
});
