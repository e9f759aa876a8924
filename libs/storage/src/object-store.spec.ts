import { createHash, randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { FileObjectStore } from './file-object-store';
import { InMemoryObjectStore } from './in-memory-object-store';
import { InvalidObjectKeyError, ObjectNotFoundError } from './object-key';
import { ObjectStoreAwayError } from './object-store-away.error';
import { type ObjectStore, SHARDS } from './object-store';

const KEY = 'receipts/11111111-1111-4111-8111-111111111111/a.bin';
const streamOf = (...chunks: (string | Buffer)[]) => Readable.from(chunks.map((chunk) => Buffer.from(chunk)));

/** Breaks off after its first bytes, as a client does that hangs up. */
function broken(): Readable {
  return Readable.from(
    (async function* () {
      yield Buffer.from('only a part');
      await Promise.reject(new RangeError('hung up'));
    })(),
  );
}

let directory: string;
beforeEach(async () => (directory = await mkdtemp(join(tmpdir(), 'piaoyan-store-'))));
afterEach(() => rm(directory, { recursive: true }));

describe.each<[string, () => ObjectStore]>([
  ['FileObjectStore', () => new FileObjectStore(directory)],
  ['InMemoryObjectStore', () => new InMemoryObjectStore()],
])('%s keeps the contract of a store', (_name, create) => {
  it('gives back what was put, and says its size and hash', async () => {
    const store = create();
    const content = randomBytes(300_000);
    const stored = await store.put(KEY, streamOf(content.subarray(0, 1), content.subarray(1, 200_000), content.subarray(200_000)));
    expect(stored).toEqual({ byteSize: 300_000, sha256: createHash('sha256').update(content).digest('hex') });
    expect((await store.read(KEY)).equals(content)).toBe(true);
    expect((await buffer(await store.get(KEY))).equals(content)).toBe(true);
  });

  it('replaces what a key held', async () => {
    const store = create();
    await store.put(KEY, streamOf('first'));
    await store.put(KEY, streamOf('second'));
    expect((await store.read(KEY)).toString()).toBe('second');
  });

  it('changes nothing when the stream breaks off', async () => {
    const store = create();
    await store.put(KEY, streamOf('first'));
    await expect(store.put(KEY, broken())).rejects.toThrow(RangeError);
    await expect(store.put('new', broken())).rejects.toThrow(RangeError);
    expect((await store.read(KEY)).toString()).toBe('first');
    await expect(store.read('new')).rejects.toThrow(ObjectNotFoundError);
  });

  it('lists the keys below a prefix, shard by shard, and no other', async () => {
    const keys = ['receipts/t1/a', 'receipts/t1/b.page-1.webp', 'receipts/t2/a', 'receipts/t10/a', 'staging/t1/a'];
    const store = create();
    for (const key of keys) await store.put(key, streamOf('x'));
    const shards = Array.from({ length: SHARDS }, (_, shard) => shard);
    const listed = await Promise.all(shards.map((shard) => store.list({ prefix: 'receipts/t1', shard, after: null, limit: 5 })));
    expect(
      listed
        .flat()
        .map(({ key }) => key)
        .sort(),
    ).toEqual(keys.slice(0, 2));
    for (const { changedAt } of listed.flat()) expect(changedAt).toBeInstanceOf(Date);
    const none = await Promise.all(shards.map((shard) => store.list({ prefix: 'receipts/t1', shard, after: null, limit: 0 })));
    expect(none.flat()).toEqual([]);
  });

  it('lists a shard of any size in pages, each in the order of the keys behind the last one, also while keys come and go', async () => {
    const store = create();
    const shard = 7;
    const isOfShard = (key: string): boolean => createHash('sha256').update(key).digest().readUInt8(0) === shard;
    const keys = Array.from({ length: 10_000 }, (_, at) => `receipts/t1/${at % 3}/k${at}`).filter(isOfShard);
    expect(keys.length).toBeGreaterThan(20);
    for (const key of keys) await store.put(key, streamOf('x'));
    const pages: string[][] = [];
    for (let after: string | null = null; ;) {
      const page: string[] = (await store.list({ prefix: 'receipts/t1', shard, after, limit: 4 })).map(({ key }) => key);
      pages.push(page);
      after = page.at(-1) ?? after;
      if (page.length < 4) break;
      await store.delete(page[0]!);
    }
    expect(pages.flat()).toEqual([...keys].sort());
  });

  it('says before the first byte that there is nothing, and does not mind deleting it', async () => {
    const store = create();
    await expect(store.get(KEY)).rejects.toThrow(ObjectNotFoundError);
    await store.delete(KEY);
    await store.put(KEY, streamOf(''));
    expect(await store.read(KEY)).toHaveLength(0);
    await store.delete(KEY);
    await expect(store.read(KEY)).rejects.toThrow(ObjectNotFoundError);
  });

  it.each([
    '',
    '/',
    'a//b',
    '../a',
    'a/../../b',
    '/etc/passwd',
    'a\0b',
    'A',
    '票',
    '.unfinished/a',
    'a/',
    'a'.repeat(101),
    'a/'.repeat(8) + 'a',
  ])('refuses the key %j in every call', async (key) => {
    const store = create();
    await expect(store.put(key, streamOf('x'))).rejects.toThrow(InvalidObjectKeyError);
    await expect(store.get(key)).rejects.toThrow(InvalidObjectKeyError);
    await expect(store.read(key)).rejects.toThrow(InvalidObjectKeyError);
    await expect(store.delete(key)).rejects.toThrow(InvalidObjectKeyError);
  });
});

describe('FileObjectStore', () => {
  async function filesBelow(root: string): Promise<string[]> {
    const entries = await readdir(root, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  }

  it('tells a store that fails from an object that is not there, and from a stream that breaks off', async () => {
    const store = new FileObjectStore(join(directory, 'store'));
    const shard = createHash('sha256').update(KEY).digest('hex').slice(0, 2);
    // A folder where a file should be fails as a bad sector does: it opens, and does not read.
    await mkdir(join(directory, 'store', shard, KEY), { recursive: true });
    await expect(store.read(KEY)).rejects.toThrow(ObjectStoreAwayError);
    await expect(buffer(await store.get(KEY))).rejects.toMatchObject({ code: 'unavailable', status: 503 });
    await expect(store.put(KEY, streamOf('x'))).rejects.toThrow(ObjectStoreAwayError);
    await rm(join(directory, 'store'), { recursive: true });
    await writeFile(join(directory, 'store'), 'no folder');
    for (const ask of [() => store.get(KEY), () => store.read(KEY), () => store.put(KEY, streamOf('x')), () => store.delete(KEY)])
      await expect(ask()).rejects.toThrow(ObjectStoreAwayError);
  });

  it('lets no one else read files and folders', async () => {
    await new FileObjectStore(join(directory, 'store')).put(KEY, streamOf('secret'));
    const [file] = await filesBelow(directory);
    expect(((await stat(file!)).mode & 0o777).toString(8)).toBe('600');
    for (const folder of await readdir(join(directory, 'store'))) {
      expect(((await stat(join(directory, 'store', folder))).mode & 0o777).toString(8)).toBe('700');
    }
  });

  it('leaves no unfinished file behind', async () => {
    await expect(new FileObjectStore(directory).put(KEY, broken())).rejects.toThrow(RangeError);
    expect(await filesBelow(directory)).toEqual([]);
  });

  it('removes what a killed process left behind, and nothing that is being written', async () => {
    const store = new FileObjectStore(directory);
    await store.removeUnfinished(0);
    await store.put(KEY, streamOf('kept'));
    const left = join(directory, '.unfinished', 'left-behind');
    await writeFile(left, 'half');
    await store.removeUnfinished(60_000);
    expect(await filesBelow(directory)).toContain(left);
    const anHourAgo = new Date(Date.now() - 3_600_000);
    await utimes(left, anHourAgo, anHourAgo);
    await store.removeUnfinished(60_000);
    expect(await filesBelow(directory)).toHaveLength(1);
    expect((await store.read(KEY)).toString()).toBe('kept');
  });

  it('removes what was staged and forgotten, and nothing that is staged now', async () => {
    const store = new FileObjectStore(directory);
    await store.put('staging/11111111-1111-4111-8111-111111111111/a', streamOf('staged'));
    await store.put(KEY, streamOf('kept'));
    await store.removeUnfinished(60_000);
    expect(await filesBelow(directory)).toHaveLength(2);
    const anHourAgo = new Date(Date.now() - 3_600_000);
    for (const file of await filesBelow(directory)) await utimes(file, anHourAgo, anHourAgo);
    await store.removeUnfinished(60_000);
    expect(await filesBelow(directory)).toHaveLength(1);
    expect((await store.read(KEY)).toString()).toBe('kept');
  });

  it('shows nothing under the key while it is being written', async () => {
    const store = new FileObjectStore(directory);
    const upload = new Readable({ read: () => undefined });
    const put = store.put(KEY, upload);
    upload.push('half');
    await expect(store.read(KEY)).rejects.toThrow(ObjectNotFoundError);
    upload.push(null);
    await put;
    expect((await store.read(KEY)).toString()).toBe('half');
  });

  it('finds its objects again after a restart', async () => {
    await new FileObjectStore(directory).put(KEY, streamOf('kept'));
    expect((await new FileObjectStore(directory).read(KEY)).toString()).toBe('kept');
  });

  it('says when nothing can be stored', async () => {
    await new FileObjectStore(join(directory, 'new')).check();
    await writeFile(join(directory, 'a-file'), '');
    await mkdir(join(directory, 'other'));
    await expect(new FileObjectStore(join(directory, 'a-file', 'below')).check()).rejects.toThrow('ENOTDIR');
  });
});
