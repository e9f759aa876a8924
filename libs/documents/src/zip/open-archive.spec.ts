import { zipSync, type Zippable } from 'fflate';
import { DocumentError } from '../document.error';
import type { ArchiveLimits } from './archive-limits';
import { isOfd } from './is-ofd';
import { openArchive } from './open-archive';

const zip = (files: Zippable) => Buffer.from(zipSync(files, { mtime: '2026-01-01' }));
const text = (value: string) => new Uint8Array(Buffer.from(value));

async function failure(bytes: Buffer, limits: Partial<ArchiveLimits> = {}): Promise<string> {
  try {
    const archive = await openArchive(bytes, limits);
    for (const name of archive.names()) await archive.read(name);
  } catch (error) {
    if (error instanceof DocumentError) return error.code;
    throw error;
  }
  return 'read';
}

/** Changes a field of every central header, or of every local one: 16 or 32 bits at an offset from its signature. */
function patched(bytes: Buffer, header: 'central' | 'local', offset: number, value: number, bits: 16 | 32 = 16): Buffer {
  const copy = Buffer.from(bytes);
  const signature = Buffer.from(header === 'central' ? 'PK\x01\x02' : 'PK\x03\x04', 'latin1');
  for (let at = copy.indexOf(signature); at >= 0; at = copy.indexOf(signature, at + 4)) {
    if (bits === 16) copy.writeUInt16LE(value, at + offset);
    else copy.writeUInt32LE(value, at + offset);
  }
  return copy;
}

/** Renames an entry in place, everywhere its name stands. */
const renamed = (bytes: Buffer, from: string, to: string) => Buffer.from(bytes.toString('latin1').replaceAll(from, to), 'latin1');

describe('openArchive', () => {
  const files = {
    'OFD.xml': text('<OFD/>'),
    'Doc_0/a.bin': [new Uint8Array(5_000), { level: 0 as const }] as const,
    'empty/': new Uint8Array(),
  };
  const bytes = zip(files as unknown as Zippable);

  it('gives files by their names, in this case, whether stored or deflated', async () => {
    const archive = await openArchive(bytes);
    expect(archive.names()).toEqual(['OFD.xml', 'Doc_0/a.bin']);
    expect((await archive.read('OFD.xml'))?.toString()).toBe('<OFD/>');
    expect(await archive.read('Doc_0/a.bin')).toHaveLength(5_000);
    expect(await archive.read('ofd.xml')).toBeNull();
    expect(await archive.read('empty/')).toBeNull();
    expect(archive.has('__proto__')).toBe(false);
  });

  it('opens an archive without files', async () => expect((await openArchive(zip({}))).names()).toEqual([]));

  it.each([
    ['票据.xml', Buffer.from('票据.xml'), 0x800],
    ['票据.xml', Buffer.from('票据.xml'), 0],
    ['票据.xml', Buffer.from('c6b1bedd2e786d6c', 'hex'), 0],
    // Two characters whose GB 18030 happens to be valid UTF-8.
    ['联通.xml', Buffer.from('c1aacda82e786d6c', 'hex'), 0],
  ])('reads the name %s', async (name, raw, flags) => {
    const placeholder = 'n'.repeat(raw.length);
    const plain = renamed(zip({ [placeholder]: text('1') }), placeholder, raw.toString('latin1'));
    const archive = await openArchive(patched(patched(plain, 'central', 8, flags), 'local', 6, flags));
    expect(archive.names()).toEqual([name]);
  });

  it('does not read a name that is not the UTF-8 it is said to be', async () => {
    const plain = renamed(zip({ 'nn.xml': text('1') }), 'nn', '\xff\xfe');
    expect(await failure(patched(plain, 'central', 8, 0x800))).toBe('damaged');
  });

  it.each([['../a'], ['a/../../b'], ['/etc/a'], ['C:/a'], ['a\\b'], ['a//b'], ['./a'], ['a\0b'], ['x'.repeat(2_000)]])(
    'refuses a name that leads elsewhere: %j',
    async (name) => {
      const placeholder = 'n'.repeat(name.length);
      expect(await failure(renamed(zip({ [placeholder]: text('1') }), placeholder, name))).toBe('unsafe');
    },
  );

  it('refuses links, encryption, methods it does not know', async () => {
    const link = patched(patched(bytes, 'central', 4, 3 << 8), 'central', 38, 0o120777 * 65_536, 32);
    expect(await failure(link)).toBe('unsafe');
    expect(await failure(patched(patched(bytes, 'central', 4, 3 << 8), 'central', 38, 0o100644 * 65_536, 32))).toBe('read');
    expect(await failure(patched(bytes, 'central', 8, 1))).toBe('encrypted');
    expect(await failure(patched(bytes, 'central', 8, 0x41))).toBe('encrypted');
    expect(await failure(patched(zip({ a: text('1'.repeat(99)) }), 'central', 10, 14))).toBe('unsupported-type');
  });

  it('refuses two files of one name, two names of one file, and files that share bytes', async () => {
    expect(await failure(renamed(zip({ 'a.xml': text('1'), 'b.xml': text('2') }), 'b.xml', 'a.xml'))).toBe('unsafe');
    const plain = zip({ 'a.xml': text('1') });
    const first = plain.indexOf('a.xml');
    const twoNames = Buffer.from(plain);
    twoNames.write('b.xml', first, 'latin1');
    expect(await failure(twoNames)).toBe('unsafe');
    const shared = zip({ aa: text('1'), ab: text('1') });
    expect(await failure(patched(renamed(shared, 'ab', 'aa'), 'central', 42, 0, 32))).toBe('unsafe');
    const quine = patched(zip({ aaa: text('12'), aab: text('12') }), 'central', 42, 0, 32);
    expect(await failure(Buffer.from(quine.toString('latin1').replace('aab', 'aaa'), 'latin1'))).not.toBe('read');
  });

  it('refuses what would inflate to too much, before inflating anything', async () => {
    const dense = zip({ a: [new Uint8Array(8_000_000), { level: 9 }] });
    expect(dense.length).toBeLessThan(20_000);
    expect(await failure(dense)).toBe('unsafe');
    expect(await failure(dense, { maxRatio: 2_000 })).toBe('read');
    expect(await failure(bytes, { maxEntryBytes: 4_999 })).toBe('unsafe');
    expect(await failure(bytes, { maxTotalBytes: 5_005 })).toBe('unsafe');
    expect(await failure(bytes, { maxEntries: 2 })).toBe('unsafe');
    expect(await failure(bytes, { maxEntries: 3, maxEntryBytes: 5_000, maxTotalBytes: 5_006 })).toBe('read');
    const many = zip(Object.fromEntries(Array.from({ length: 2_001 }, (_, i) => [`${i}`, new Uint8Array()])));
    expect(await failure(many)).toBe('unsafe');
  });

  it('does not believe a size or a check sum that is not true', async () => {
    const deflated = zip({ a: text('1'.repeat(2_000)) });
    expect(await failure(patched(deflated, 'central', 24, 1_000, 32))).toBe('damaged');
    expect(await failure(patched(deflated, 'central', 24, 3_000, 32))).toBe('damaged');
    expect(await failure(patched(deflated, 'central', 16, 7, 32))).toBe('damaged');
    expect(await failure(patched(zip({ a: [text('11'), { level: 0 }] }), 'central', 24, 3, 32))).toBe('damaged');
  });

  it('is damaged wherever it is cut off', async () => {
    for (let length = 0; length < bytes.length; length += 7) expect(await failure(bytes.subarray(0, length))).toBe('damaged');
  });
});

describe('isOfd', () => {
  it('looks at the names of files and not at what they hold', async () => {
    expect(await isOfd(zip({ 'Doc_0/a.xml': text('1'), 'OFD.xml': text('1') }))).toBe(true);
    expect(await isOfd(zip({ 'a.txt': [text('OFD.xml'), { level: 0 }], 'x/OFD.xml': text('1') }))).toBe(false);
  });

  it('cannot say where the list of files cannot be read', async () => {
    await expect(isOfd(Buffer.from('PK\x03\x04 OFD.xml'))).rejects.toMatchObject({ name: 'DocumentError', code: 'damaged' });
  });
});
