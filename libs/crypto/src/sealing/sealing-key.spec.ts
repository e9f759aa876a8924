import { inspect } from 'node:util';
import { type Suite } from '../suite/suite';
import { SUITES } from '../suite/suites';
import { CHUNK_BYTES } from './chunks';
import { SealingKey } from './sealing-key';
import { UnsealError } from './unseal.error';

const SECRET = Buffer.alloc(32, 'secret');
const PLACE = Buffer.from('tenant/row');
const TEXT = Buffer.from('查验成功发票一致');
const OTHER = { standard: SUITES.sm, sm: SUITES.standard };
const STREAM_HEAD = 37;

describe.each([SUITES.standard, SUITES.sm])('SealingKey of the suite $name', (suite: Suite) => {
  const key = new SealingKey(suite, 7, SECRET);

  describe('values', () => {
    it('open as they were sealed, and are never sealed twice alike', () => {
      const [first, second] = [key.seal(PLACE, TEXT), key.seal(PLACE, TEXT)];
      expect(key.open(PLACE, first)).toEqual(TEXT);
      expect(first).not.toEqual(second);
      expect(first.includes(TEXT)).toBe(false);
      expect(key.open(PLACE, key.seal(PLACE, Buffer.alloc(0)))).toHaveLength(0);
    });

    it('name their suite in the first byte, and their key', () => {
      expect(key.seal(PLACE, TEXT).subarray(0, 5)).toEqual(Buffer.of(suite.id, 0, 0, 0, 7));
    });

    it('open nowhere else, with no other key, and in no other suite', () => {
      const sealed = key.seal(PLACE, TEXT);
      expect(() => key.open(Buffer.from('tenant/other'), sealed)).toThrow(UnsealError);
      expect(() => new SealingKey(suite, 7, Buffer.alloc(32, 'other')).open(PLACE, sealed)).toThrow(UnsealError);
      expect(() => new SealingKey(suite, 8, SECRET).open(PLACE, sealed)).toThrow('not known here');
      const other = new SealingKey(OTHER[suite.name], 7, SECRET);
      expect(() => other.open(PLACE, sealed)).toThrow(UnsealError);
      const renamed = Buffer.concat([Buffer.of(other.suite.id), sealed.subarray(1)]);
      expect(() => other.open(PLACE, renamed)).toThrow(UnsealError);
    });

    it('do not open with any bit changed, or cut anywhere', () => {
      const sealed = key.seal(PLACE, TEXT);
      for (let at = 0; at < sealed.length; at++) {
        const altered = Buffer.from(sealed);
        altered[at] = altered[at]! ^ 1;
        expect(() => key.open(PLACE, altered)).toThrow(UnsealError);
        expect(() => key.open(PLACE, sealed.subarray(0, at))).toThrow(UnsealError);
      }
      expect(() => key.open(PLACE, Buffer.concat([sealed, Buffer.of(0)]))).toThrow(UnsealError);
    });
  });

  describe('streams', () => {
    // eslint-disable-next-line @typescript-eslint/require-await -- a stream that is all there
    async function* pieces(bytes: Buffer, size = 50_021): AsyncGenerator<Buffer> {
      for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
    }
    async function read(stream: AsyncIterable<Buffer>): Promise<{ bytes: Buffer; error?: unknown }> {
      const parts: Buffer[] = [];
      try {
        for await (const part of stream) parts.push(part);
        return { bytes: Buffer.concat(parts) };
      } catch (error) {
        return { bytes: Buffer.concat(parts), error };
      }
    }
    const plainOf = (length: number): Buffer => Buffer.from(Array.from({ length }, (_, at) => (at * 31 + (at >> 8)) % 256));
    const sealed = async (length: number): Promise<Buffer> => (await read(key.sealStream(PLACE, pieces(plainOf(length))))).bytes;
    const frame = CHUNK_BYTES + suite.aead(SECRET).tagBytes;
    const frameAt = (bytes: Buffer, number: number) => bytes.subarray(STREAM_HEAD + number * frame, STREAM_HEAD + (number + 1) * frame);

    it.each([0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES])(
      'of %i bytes open as they were sealed',
      async (length) => {
        const bytes = await sealed(length);
        const chunks = Math.max(1, Math.ceil(length / CHUNK_BYTES));
        expect(bytes).toHaveLength(STREAM_HEAD + length + chunks * (frame - CHUNK_BYTES));
        for (const size of [7_919, 1_000_000]) {
          const opened = await read(key.openStream(PLACE, pieces(bytes, size)));
          expect(opened.error).toBeUndefined();
          expect(opened.bytes.equals(plainOf(length))).toBe(true);
        }
      },
    );

    it('open nowhere else and with no other key, and give out nothing then', async () => {
      const bytes = await sealed(100);
      const foreign = [
        key.openStream(Buffer.from('tenant/other'), pieces(bytes)),
        new SealingKey(suite, 7, Buffer.alloc(32, 'other')).openStream(PLACE, pieces(bytes)),
        new SealingKey(suite, 8, SECRET).openStream(PLACE, pieces(bytes)),
        key.openStream(PLACE, pieces(key.seal(PLACE, Buffer.alloc(100)))),
      ];
      for (const stream of foreign)
        expect(await read(stream)).toEqual({ bytes: Buffer.alloc(0), error: expect.any(UnsealError) as unknown });
    });

    it('give out only what stands before the first chunk that was altered, moved, doubled, left out or cut', async () => {
      const whole = await sealed(3 * CHUNK_BYTES + 500);
      const [head, one, two, three, tail] = [
        whole.subarray(0, STREAM_HEAD),
        ...[0, 1, 2, 3].map((number) => frameAt(whole, number)),
      ] as Buffer[];
      const other = await sealed(3 * CHUNK_BYTES + 500);
      const altered = Buffer.from(two!);
      altered[1_000] = altered[1_000]! ^ 1;
      const spoilt: [number, Buffer[]][] = [
        [1, [head!, one!, altered, three!, tail!]],
        [1, [head!, one!, three!, two!, tail!]],
        [1, [head!, one!, one!, two!, three!, tail!]],
        [1, [head!, one!, three!, tail!]],
        [1, [head!, one!, frameAt(other, 1), three!, tail!]],
        [2, [head!, one!, two!, three!]],
        [2, [head!, one!, two!, three!.subarray(0, -1)]],
        [3, [head!, one!, two!, three!, tail!.subarray(0, -1)]],
        [3, [head!, one!, two!, three!, tail!, Buffer.of(0)]],
        [0, [head!, tail!]],
        [0, [head!]],
        [0, [head!.subarray(0, 20)]],
        [0, []],
        [0, [other.subarray(0, STREAM_HEAD), one!, two!, three!, tail!]],
      ];
      for (const [chunks, parts] of spoilt) {
        const { bytes, error } = await read(key.openStream(PLACE, pieces(Buffer.concat(parts))));
        expect(error).toBeInstanceOf(UnsealError);
        expect(bytes.equals(plainOf(chunks * CHUNK_BYTES))).toBe(true);
      }
    });

    it('hold a bounded part at a time: what was sealed comes out while the source still has more', async () => {
      let given = 0;
      // eslint-disable-next-line @typescript-eslint/require-await -- a stream that is all there
      async function* endless(): AsyncGenerator<Buffer> {
        for (;;) {
          given += 1;
          yield Buffer.alloc(CHUNK_BYTES);
        }
      }
      const opened = key.openStream(PLACE, key.sealStream(PLACE, endless()));
      for (let chunk = 1; chunk <= 20; chunk++) {
        await opened.next();
        expect(given).toBeLessThanOrEqual(chunk + 3);
      }
      await opened.return();
    });
  });

  it('hashes under keys of its own: another one for each purpose, secret and suite', () => {
    const hashes = [key, new SealingKey(suite, 7, Buffer.alloc(32, 'other')), new SealingKey(OTHER[suite.name], 7, SECRET)].flatMap((one) =>
      ['search', 'other'].map((purpose) => one.keyedHash(purpose, TEXT).toString('hex')),
    );
    expect(new Set(hashes).size).toBe(6);
    expect(new SealingKey(suite, 8, SECRET).keyedHash('search', TEXT).toString('hex')).toBe(hashes[0]);
  });

  it('shows its secret to nobody who prints it', () => {
    const shown = inspect(key, { depth: 9, showHidden: true }) + JSON.stringify(key);
    expect(shown).not.toContain(SECRET.toString('hex'));
    expect(shown).not.toContain('secretsecret');
    expect(shown).not.toMatch(/<Buffer|73, ?65, ?63/);
  });

  it('takes no secret of another length', () => {
    expect(() => new SealingKey(suite, 1, Buffer.alloc(16))).toThrow(RangeError);
  });
});
