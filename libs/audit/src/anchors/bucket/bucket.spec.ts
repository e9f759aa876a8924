import { mkdtemp, readFile, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Certificates, createCertificates } from '@app/devstack';
import type { Anchor } from '../anchor';
import { BucketAnchorSink } from './bucket-anchor-sink';
import { sha256Hex, signedHeaders } from './request-signature';
import { StoreConnection } from './store-connection';

const CREDENTIALS = { keyId: 'AKIAIOSFODNN7EXAMPLE', secret: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' };
const ANCHOR: Anchor = {
  type: 'anchor',
  tenantId: null,
  number: 7,
  sequence: null,
  segmentHash: 'a'.repeat(64),
  linkHash: 'b'.repeat(64),
  keyId: 'c'.repeat(32),
  previousKeyId: null,
  signature: 'AAAA',
  anchoredAt: '2026-11-26T08:00:00.000Z',
};

describe('the signature of a request to a store', () => {
  // The examples of "Authenticating Requests: Using the Authorization Header (AWS Signature Version 4)".
  const at = new Date('2013-05-24T00:00:00Z');
  const signatureOf = (method: 'GET' | 'PUT', url: string, headers: Record<string, string>, body: string): string => {
    const request = { method, url: new URL(url), headers, bodyHash: sha256Hex(body) };
    return signedHeaders(request, { credentials: CREDENTIALS, region: 'us-east-1', at }).authorization!.split('Signature=')[1]!;
  };

  it('is that of the published examples', () => {
    const host = 'https://examplebucket.s3.amazonaws.com';
    expect(signatureOf('GET', `${host}/test.txt`, { range: 'bytes=0-9' }, '')).toBe(
      'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
    );
    const put = { date: 'Fri, 24 May 2013 00:00:00 GMT', 'x-amz-storage-class': 'REDUCED_REDUNDANCY' };
    expect(signatureOf('PUT', `${host}/test$file.text`, put, 'Welcome to Amazon S3.')).toBe(
      '98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd',
    );
    expect(signatureOf('GET', `${host}/?max-keys=2&prefix=J`, {}, '')).toBe(
      '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7',
    );
  });
});

/** What the store does with an object and its lock. */
type Mood = 'locks' | 'ignoresLocks' | 'locksForLess' | 'governs' | 'refuses' | 'loses';

describe('anchors in a bucket', () => {
  let folder: string;
  let certificates: Certificates;
  let server: Server;
  let mood: Mood;
  let objects: Map<string, { body: string; headers: Record<string, unknown> }>;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'piaoyan-bucket-'));
    certificates = await createCertificates(folder);
    const { certFile, keyFile } = certificates.egress;
    server = createServer({ cert: await readFile(certFile), key: await readFile(keyFile) }, (request, answer) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const path = request.url!.split('?')[0]!;
        if (request.method === 'PUT') {
          if (mood === 'refuses') return void answer.writeHead(403).end();
          if (mood !== 'loses') objects.set(path, { body: Buffer.concat(chunks).toString('utf8'), headers: request.headers });
          return void answer.writeHead(200, { 'x-amz-version-id': 'v1' }).end();
        }
        const object = objects.get(path);
        if (object === undefined) return void answer.writeHead(404).end();
        const until = String(object.headers['x-amz-object-lock-retain-until-date']);
        const earlier = new Date(Date.parse(until) - 86_400_000).toISOString();
        const lock = {
          'x-amz-object-lock-mode': mood === 'governs' ? 'GOVERNANCE' : object.headers['x-amz-object-lock-mode'],
          'x-amz-object-lock-retain-until-date': mood === 'locksForLess' ? earlier : until,
        };
        answer
          .writeHead(200, { 'content-length': Buffer.byteLength(object.body), ...(mood === 'ignoresLocks' ? {} : (lock as never)) })
          .end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await rm(folder, { recursive: true });
  });
  beforeEach(() => {
    mood = 'locks';
    objects = new Map();
  });

  const sink = async (trusted = true): Promise<BucketAnchorSink> => {
    const ca = trusted ? await readFile(certificates.caFile, 'utf8') : undefined;
    const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}/worm/piaoyan`;
    const connection = new StoreConnection({ credentials: CREDENTIALS, region: 'us-east-1', ca });
    return new BucketAnchorSink({ url, days: 184 }, connection, () => new Date('2026-11-26T08:00:00Z'));
  };

  it('are a new object each time, locked for its days', async () => {
    await (await sink()).write([ANCHOR]);
    await (await sink()).write([ANCHOR]);
    expect([...objects.keys()].every((name) => /^\/worm\/piaoyan\/anchors-20261126T080000Z-[0-9a-f]{8}\.jsonl$/.test(name))).toBe(true);
    expect(objects.size).toBe(2);
    const [{ body, headers }] = [...objects.values()] as [{ body: string; headers: Record<string, unknown> }];
    expect(body).toBe(`${JSON.stringify(ANCHOR)}\n`);
    expect(headers).toMatchObject({
      'x-amz-object-lock-mode': 'COMPLIANCE',
      'x-amz-object-lock-retain-until-date': '2027-05-29T08:00:00.000Z',
      'x-amz-checksum-sha256': Buffer.from(sha256Hex(body), 'hex').toString('base64'),
    });
  });

  it.each([
    ['ignoresLocks', 'unlocked'],
    ['locksForLess', 'unlocked'],
    ['governs', 'unlocked'],
    ['refuses', 'refused'],
    ['loses', 'refused'],
  ] as const)('are not taken by a store that %s', async (how, failure) => {
    mood = how;
    await expect((await sink()).write([ANCHOR])).rejects.toMatchObject({ failure });
  });

  it('go to no store that the authority does not vouch for', async () => {
    await expect((await sink(false)).write([ANCHOR])).rejects.toMatchObject({ failure: 'unreachable' });
    expect(objects.size).toBe(0);
  });
});
