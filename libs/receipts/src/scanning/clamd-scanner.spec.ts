import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { type ClamdMood, EICAR, FakeClamd } from '../../../../test/support/fake-clamd';
import { ClamdScanner } from './clamd-scanner';
import { isOwnZone } from './own-zone';

const LARGE = Buffer.alloc(3_000_000, 'x');
const chunked = (bytes: Buffer, size = 65_536): Readable =>
  Readable.from(
    Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) => bytes.subarray(at * size, (at + 1) * size)),
    { objectMode: false },
  );

describe('ClamdScanner', () => {
  let clamd: FakeClamd;
  beforeEach(async () => {
    clamd = await FakeClamd.listen();
  });
  afterEach(() => clamd.close());
  const scan = (bytes: Readable, deadlineMs?: number): Promise<string | null> =>
    new ClamdScanner({ host: '127.0.0.1', port: clamd.port }, deadlineMs).scan(bytes);

  it('sends every byte, and tells what was found from what is clean', async () => {
    expect(await scan(chunked(LARGE))).toBeNull();
    expect(clamd.seen[0]?.equals(LARGE)).toBe(true);
    expect(await scan(chunked(Buffer.concat([LARGE, Buffer.from(EICAR), LARGE])))).toBe('Win.Test.EICAR_HDB-1');
    expect(await scan(Readable.from([]))).toBeNull();
  });

  it('speaks over a socket of the machine as well', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'piaoyan-clamd-'));
    const path = join(folder, 'clamd.sock');
    const local = await FakeClamd.listen({ path });
    expect(await new ClamdScanner({ path }).scan(Readable.from([Buffer.from(EICAR)]))).toBe('Win.Test.EICAR_HDB-1');
    await local.close();
    await rm(folder, { recursive: true });
  });

  it.each<ClamdMood>(['tooLong', 'hangsUp', 'isSilent', 'talksNonsense', 'answersEarly'])(
    'gives no verdict when clamd %s',
    async (mood) => {
      clamd.mood = mood;
      // More than the buffers of both ends hold, so that an early answer comes before the end.
      await expect(scan(chunked(Buffer.alloc(30_000_000)), 1_500)).rejects.toMatchObject({ code: 'scanner-unavailable', status: 503 });
    },
  );

  it('gives no verdict when nobody listens, and sends nothing out of the own zone', async () => {
    const { port } = clamd;
    await clamd.close();
    await expect(new ClamdScanner({ host: '127.0.0.1', port }).scan(Readable.from(['x']))).rejects.toMatchObject({
      code: 'scanner-unavailable',
    });
    await expect(new ClamdScanner({ host: '198.51.100.7', port: 3310 }).scan(Readable.from(['x']))).rejects.toMatchObject({
      options: { cause: { message: expect.stringContaining('own zone') as string } },
    });
    clamd = await FakeClamd.listen();
  });

  it('lets a failure of the bytes be what it is', async () => {
    const broken = new Readable({ read: () => undefined });
    broken.destroy(new RangeError('the store is away'));
    await expect(scan(broken)).rejects.toThrow('the store is away');
  });
});

describe('isOwnZone', () => {
  it.each(['127.0.0.1', '10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.0.9', '::1', 'fd00::7'])('holds %s', (address) => {
    expect(isOwnZone(address)).toBe(true);
  });
  it.each(['8.8.8.8', '172.32.0.1', '100.64.0.1', '169.254.169.254', '0.0.0.0', '2001:db8::1', 'fe80::1', '::ffff:8.8.8.8'])(
    'does not hold %s',
    (address) => {
      expect(isOwnZone(address)).toBe(false);
    },
  );
});
