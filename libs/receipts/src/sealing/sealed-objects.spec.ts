import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { SUITES, UnsealError } from '@app/crypto';
import { InMemoryObjectStore, ObjectNotFoundError } from '@app/storage';
import { SealedObjects } from './sealed-objects';

const TENANT = '11111111-1111-4111-8111-111111111111';
const NAME = `receipts/${TENANT}/one`;

describe.each(Object.values(SUITES))('an object sealed in the suite $name', (suite) => {
  const clear = randomBytes(300_000);
  const place = { tenantId: TENANT, name: NAME, secret: randomBytes(32), suite };
  let store: InMemoryObjectStore;
  let objects: SealedObjects;
  beforeEach(async () => {
    store = new InMemoryObjectStore();
    objects = new SealedObjects(store);
    await objects.put(place, Readable.from([clear.subarray(0, 1), clear.subarray(1, 200_000), clear.subarray(200_000)]));
  });
  const alter = (change: (bytes: Buffer) => Buffer): unknown => store.objects.set(NAME, change(store.objects.get(NAME)!));
  const flipped = (at: number) => (bytes: Buffer) => {
    const copy = Buffer.from(bytes);
    copy[at] = (copy[at] ?? 0) ^ 1;
    return copy;
  };

  it('comes back whole, and is told of by its clear size and hash', async () => {
    const told = await objects.put(place, Readable.from([clear]));
    expect(told).toEqual({ byteSize: clear.length, sha256: createHash('sha256').update(clear).digest('hex') });
    expect((await objects.read(place)).equals(clear)).toBe(true);
    expect(store.objects.get(NAME)!.includes(clear.subarray(1_000, 1_032))).toBe(false);
  });

  it('opens with its own secret, under its own name, for its own tenant only', async () => {
    await expect(objects.get({ ...place, secret: randomBytes(32) })).rejects.toThrow(UnsealError);
    await expect(objects.get({ ...place, tenantId: TENANT.replace('1', '2') })).rejects.toThrow(UnsealError);
    store.objects.set(`${NAME}.page-1.webp`, store.objects.get(NAME)!);
    await expect(objects.get({ ...place, name: `${NAME}.page-1.webp` })).rejects.toThrow(UnsealError);
    await expect(objects.get({ ...place, name: 'missing' })).rejects.toThrow(ObjectNotFoundError);
  });

  it('is refused before its first byte where that is altered, and breaks off where a later one is', async () => {
    alter(flipped(500));
    await expect(objects.get(place)).rejects.toThrow(UnsealError);
    alter(flipped(500));
    alter(flipped(250_000));
    const stream = await objects.get(place);
    await expect(buffer(stream)).rejects.toThrow(UnsealError);
  });

  it.each([0, 3, 30, 65_000, 150_000])('is not taken for whole when it was cut after %d bytes', async (length) => {
    alter((bytes) => bytes.subarray(0, length));
    await expect(objects.read(place)).rejects.toThrow(UnsealError);
  });

  it('is not taken for the one whose upload broke off', async () => {
    const broken = Readable.from(
      (async function* () {
        yield clear;
        await Promise.reject(new RangeError('hung up'));
      })(),
    );
    await expect(objects.put({ ...place, name: 'other' }, broken)).rejects.toThrow(RangeError);
    await expect(objects.get({ ...place, name: 'other' })).rejects.toThrow(ObjectNotFoundError);
  });
});
