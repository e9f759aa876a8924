import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { cpus } from 'node:os';
import { stdout, version } from 'node:process';
import { parseArgs } from 'node:util';
import { SealingKey, type Suite, SUITES } from '@app/crypto';
import { positive } from '../numeric-option';
import { threadCoreMs } from '../thread-core-time';
import { type CryptoResult, type ImageTimes, isGoalMet, type Rate, renderCrypto } from './crypto-report';

const OPTIONS = {
  megabytes: { type: 'string', default: '5' },
  rounds: { type: 'string', default: '40' },
  json: { type: 'boolean', default: false },
} as const;

const PLACE = Buffer.from('["tenant","original","receipt.original","row"]');
/** As much as a stream of a file gives at a time. */
const PIECE_BYTES = 65_536;
const RATE_MS = 1_000;
const VALUE_BYTES = 200;

/** One thing that is done with a whole image. */
interface Task {
  suite: string;
  what: string;
  run(): Promise<number> | number;
  /** Bytes it must answer: who measures work that was not done measures nothing. */
  bytes: number;
}

/** Times sealing and opening of an image in both suites beside bare node:crypto, in turns, and counts hashes and signatures. */
export async function runCryptoBenchmark(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: OPTIONS });
  const megabytes = positive('--megabytes', values.megabytes);
  const rounds = positive('--rounds', values.rounds);
  const image = randomBytes(megabytes * 1_000_000);
  const tasks = (await Promise.all([SUITES.standard, SUITES.sm].map((suite) => tasksOf(suite, image)))).flat();
  const result: CryptoResult = {
    megabytes,
    images: await timed([...tasks, ...bareTasks(image)], rounds),
    rates: [...(await ratesOf(SUITES.standard)), ...(await ratesOf(SUITES.sm))],
    howTaken: [
      `each ${rounds} times in turn with the others, after two rounds to warm up, on one thread; bytes of the image are random and in memory, in pieces of 64 KiB`,
      'core ms and rates are by the time that the process had of a core, ms by the clock, in which others may have had it',
      '"stream" is what serves and keeps images: chunks, keys derived for each; "bare" is one call of node:crypto over the whole image, without chunks, context or derivation',
      `Node ${version}, OpenSSL ${process.versions.openssl}, ${cpus()[0]?.model.trim() ?? 'unknown'}, ${cpus().length} cores`,
    ],
  };
  stdout.write(values.json ? `${JSON.stringify(result)}\n` : renderCrypto(result));
  return isGoalMet(result.images.filter(({ what }) => !what.startsWith('bare'))) ? 0 : 1;
}

async function tasksOf(suite: Suite, image: Buffer): Promise<Task[]> {
  const key = new SealingKey(suite, 1, randomBytes(32));
  const sealed = await collected(key.sealStream(PLACE, pieces(image)));
  const value = key.seal(PLACE, image);
  const { name } = suite;
  return [
    { suite: name, what: 'seal a stream', run: () => counted(key.sealStream(PLACE, pieces(image))), bytes: sealed.length },
    { suite: name, what: 'open a stream', run: () => counted(key.openStream(PLACE, pieces(sealed))), bytes: image.length },
    { suite: name, what: 'seal at once', run: () => key.seal(PLACE, image).length, bytes: value.length },
    { suite: name, what: 'open at once', run: () => key.open(PLACE, value).length, bytes: image.length },
  ];
}

/** The least that the algorithms cost. */
function bareTasks(image: Buffer): Task[] {
  const [gcmKey, ctrKey, macKey] = [randomBytes(32), randomBytes(16), randomBytes(32)];
  const [nonce, counter] = [randomBytes(12), randomBytes(16)];
  const encrypted = createCipheriv('aes-256-gcm', gcmKey, nonce);
  const text = Buffer.concat([encrypted.update(image), encrypted.final()]);
  const tag = encrypted.getAuthTag();
  const gcm = (): number => {
    const cipher = createCipheriv('aes-256-gcm', gcmKey, nonce);
    return cipher.update(image).length + cipher.final().length;
  };
  const opened = (): number => {
    const decipher = createDecipheriv('aes-256-gcm', gcmKey, nonce).setAuthTag(tag);
    return decipher.update(text).length + decipher.final().length;
  };
  const sm4 = (): number => {
    const cipher = createCipheriv('sm4-ctr', ctrKey, counter);
    const sealed = cipher.update(image);
    return sealed.length + cipher.final().length + createHmac('sm3', macKey).update(sealed).digest().length;
  };
  const bytes = image.length;
  return [
    { suite: 'bare', what: 'bare AES-256-GCM, encrypt', run: gcm, bytes },
    { suite: 'bare', what: 'bare AES-256-GCM, decrypt', run: opened, bytes },
    { suite: 'bare', what: 'bare SM4-CTR and HMAC-SM3', run: sm4, bytes: bytes + 32 },
  ];
}

async function timed(tasks: readonly Task[], rounds: number): Promise<ImageTimes[]> {
  const times = tasks.map(({ suite, what }) => ({ suite, what, ms: [] as number[], coreMs: [] as number[] }));
  for (let round = -2; round < rounds; round++) {
    for (const [at, task] of tasks.entries()) {
      const [began, usage] = [performance.now(), process.cpuUsage()];
      const bytes = await task.run();
      const [ms, used] = [performance.now() - began, process.cpuUsage(usage)];
      if (bytes !== task.bytes) throw new Error(`${task.what} gave ${bytes} bytes instead of ${task.bytes}`);
      if (round < 0) continue;
      times[at]?.ms.push(ms);
      times[at]?.coreMs.push((used.user + used.system) / 1_000);
    }
  }
  return times;
}

async function ratesOf(suite: Suite): Promise<Rate[]> {
  const { name: of, signing } = suite;
  const [megabyte, value, key] = [randomBytes(1_000_000), randomBytes(VALUE_BYTES), randomBytes(32)];
  const sealing = new SealingKey(suite, 1, randomBytes(32));
  const sealed = sealing.seal(PLACE, value);
  const keys = await signing.generateKeyPair();
  const signature = await signing.sign(keys, value);
  const each = async (what: string, unit: string, work: () => unknown): Promise<Rate> => ({
    suite: of,
    what,
    unit,
    value: await rate(work),
  });
  return [
    await each('hash', 'MB/s', () => suite.hash(megabyte)),
    await each('keyed hash', 'MB/s', () => suite.keyedHash(key, megabyte)),
    await each(`seal ${VALUE_BYTES} bytes`, 'a second', () => sealing.seal(PLACE, value)),
    await each(`open ${VALUE_BYTES} bytes`, 'a second', () => sealing.open(PLACE, sealed)),
    await each('search hash', 'a second', () => sealing.keyedHash('search', value)),
    await each(`${signing.name}: sign`, 'a second', () => signing.sign(keys, value)),
    await each(`${signing.name}: verify`, 'a second', () => signing.verify(keys.publicKey, value, signature)),
  ];
}

/** How often in a second of one core: on a shared machine the clock on the wall tells of others. */
async function rate(work: () => unknown): Promise<number> {
  const began = threadCoreMs();
  let done = 0;
  for (; threadCoreMs() - began < RATE_MS; done++) await work();
  return (done * 1_000) / (threadCoreMs() - began);
}

// eslint-disable-next-line @typescript-eslint/require-await -- a stream that is all there
async function* pieces(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) yield bytes.subarray(at, at + PIECE_BYTES);
}

async function counted(stream: AsyncIterable<Buffer>): Promise<number> {
  let bytes = 0;
  for await (const part of stream) bytes += part.length;
  return bytes;
}

async function collected(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts);
}
