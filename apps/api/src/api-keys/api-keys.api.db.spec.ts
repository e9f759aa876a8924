import { createHash, randomBytes } from 'node:crypto';
import type { ApiKeyList, ApiKeyRequest, ApiKeySecretView, ApiKeyView, Problem } from '@app/contracts';
import { emptyContentHash, signedAuthorization, type SigningScheme } from '@app/tenancy';
import fc from 'fast-check';
import sharp from 'sharp';
import { type ApiBench, createApiBench } from '../../../../test/support/api-bench';

const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

describe('API keys over the API', () => {
  let bench: ApiBench;
  beforeAll(async () => (bench = await createApiBench({}, { withWorker: false })));
  afterAll(() => bench.close());

  const json = (body: object): RequestInit => ({
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const make = async (wanted: Partial<ApiKeyRequest> = {}, key?: string): Promise<ApiKeySecretView> => {
    const body = { name: 'erp', scopes: ['receipt.read'], validDays: 30, ...wanted };
    const response = await bench.fetch('/v1/api-keys', { ...json(body), ...(key && { key }) });
    expect(response.status).toBe(201);
    return (await response.json()) as ApiKeySecretView;
  };
  const codeOf = async (response: Response): Promise<[number, string]> => [response.status, ((await response.json()) as Problem).code];
  const status = async (key: string, path = '/v1/receipts'): Promise<number> => (await bench.fetch(path, { key })).status;

  describe('managing them', () => {
    it('makes a key, shows its secret once, and lists it with its last use', async () => {
      const made = await make({ validDays: 10, allowedNetworks: ['127.0.0.0/8'] });
      expect(made).toMatchObject({ state: 'valid', lastUsedAt: null, prefix: 'piaoyan_', allowedNetworks: ['127.0.0.0/8'] });
      expect(await status(made.secret)).toBe(200);
      const text = await (await bench.fetch('/v1/api-keys')).text();
      expect(text).not.toContain(made.secret.slice(8, 30));
      const listed = (JSON.parse(text) as ApiKeyList).items.find(({ id }) => id === made.id);
      expect(listed).toMatchObject({ lastFour: made.secret.slice(-4), name: 'erp', scopes: ['receipt.read'] });
      expect(listed?.lastUsedAt).toMatch(/Z$/);
      const days = (Date.parse(made.expiresAt!) - Date.parse(made.createdAt)) / 86_400_000;
      expect(Math.round(days)).toBe(10);
    });

    it('rotates with an overlap, and revokes both secrets at once', async () => {
      const made = await make();
      const response = await bench.fetch(`/v1/api-keys/${made.id}/rotate`, json({ overlapHours: 1, validDays: 60 }));
      const rotated = (await response.json()) as ApiKeySecretView;
      expect([response.status, rotated.id, rotated.previous?.lastFour]).toEqual([201, made.id, made.lastFour]);
      expect(await Promise.all([status(made.secret), status(rotated.secret)])).toEqual([200, 200]);
      const revoked = await bench.fetch(`/v1/api-keys/${made.id}/revoke`, { method: 'POST' });
      expect([revoked.status, ((await revoked.json()) as ApiKeyView).state]).toEqual([200, 'revoked']);
      expect(await Promise.all([status(made.secret), status(rotated.secret)])).toEqual([401, 401]);
      expect(await codeOf(await bench.fetch(`/v1/api-keys/${made.id}/rotate`, json({})))).toEqual([409, 'api-key-ended']);
    });

    it('gives nobody more than they had', async () => {
      const integrator = await bench.newKey('apiKey.manage', 'batch.read');
      const create = (scopes: string[], key = integrator) =>
        bench.fetch('/v1/api-keys', { ...json({ name: 'x', scopes, validDays: 1 }), key });
      expect((await create(['batch.read'])).status).toBe(201);
      for (const scopes of [['receipt.read'], ['batch.read', 'charge.settle']])
        expect(await codeOf(await create(scopes))).toEqual([422, 'api-key-scope-not-allowed']);
      // The bench's own key has every scope there is, and still hands on no administrator's.
      for (const scope of ['audit.read', 'user.manage', 'role.assign', 'retention.manage', 'tenant.erase'])
        expect([scope, await codeOf(await create([scope], bench.keys[0]))]).toEqual([scope, [422, 'api-key-scope-not-allowed']]);
      expect(await codeOf(await create(['receipt.everything']))).toEqual([422, 'invalid-field']);
      const stronger = await make({ scopes: ['receipt.image'] });
      const rotate = bench.fetch(`/v1/api-keys/${stronger.id}/rotate`, { ...json({}), key: integrator });
      expect(await codeOf(await rotate)).toEqual([422, 'api-key-scope-not-allowed']);
      expect(await status(stronger.secret)).toBe(403);
    });

    it.each([
      [{ validDays: 366 }, 'validDays'],
      [{ validDays: undefined }, 'validDays'],
      [{ allowedNetworks: ['10.0.0.1/8'] }, 'allowedNetworks'],
      [{ certificateSha256: 'abc' }, 'certificateSha256'],
      [{ scopes: [] }, 'scopes'],
      [{ secret: 'mine' }, 'secret'],
    ])('refuses %j', async (change, field) => {
      const response = await bench.fetch('/v1/api-keys', json({ name: 'x', scopes: ['receipt.read'], validDays: 1, ...change }));
      expect([response.status, ((await response.json()) as Problem).field]).toEqual([422, field]);
    });

    it('knows no key of another tenant', async () => {
      const made = await make();
      const [, other] = bench.keys;
      const list = (await (await bench.fetch('/v1/api-keys', { key: other })).json()) as ApiKeyList;
      expect(list.items.map(({ id }) => id)).not.toContain(made.id);
      for (const act of ['rotate', 'revoke'])
        expect(await codeOf(await bench.fetch(`/v1/api-keys/${made.id}/${act}`, { ...json({}), key: other }))).toEqual([404, 'not-found']);
      expect(await status(made.secret)).toBe(200);
    });
  });

  describe('what is refused', () => {
    /** Everything of an answer but its id and its date. */
    const answerTo = async (headers: Record<string, string>, path = '/v1/receipts'): Promise<unknown> => {
      const response = await fetch(`${bench.url}${path}`, { headers });
      const body = (await response.json()) as Problem;
      expect(body.id).toMatch(/^[0-9a-f]{12}$/);
      const same = [...response.headers].filter(([name]) => name !== 'date').sort();
      return { status: response.status, headers: same, body: { ...body, id: null } };
    };
    const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` });
    let reference: unknown;
    beforeAll(async () => {
      reference = await answerTo(bearer(`piaoyan_${'0'.repeat(32)}2wjyrI`));
      expect(reference).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
    });

    it('is answered alike: forged, expired, revoked, truncated, from elsewhere, unsigned, without its certificate', async () => {
      const [expired, revoked, far, signing, bound, good] = [
        await make(),
        await make(),
        await make({ allowedNetworks: ['10.0.0.0/8'] }),
        await make({ signing: 'required' }),
        await make({ certificateSha256: 'a'.repeat(64) }),
        await make(),
      ];
      await bench.rows(`update api_key set expires_at = now() - interval '1 second' where id = $1`, [expired.id]);
      await bench.rows(`update api_key set revoked_at = now() where id = $1`, [revoked.id]);
      const secrets = [expired, revoked, far, signing, bound].map(({ secret }) => secret);
      const texts = [...secrets, good.secret.slice(0, -1), `${good.secret}a`, good.secret.toUpperCase(), 'x', ''];
      for (const text of texts) expect([text, await answerTo(bearer(text))]).toEqual([text, reference]);
      const others = ['Basic cGlhb3lhbg==', good.secret, `Bearer  ${good.secret}`, `Bearer ${good.secret} x`, 'PIAOYAN-HMAC-SHA256 key=x'];
      for (const authorization of others) expect([authorization, await answerTo({ authorization })]).toEqual([authorization, reference]);
      expect(await answerTo({})).toEqual(reference);
      expect(await answerTo({ ...bearer(bound.secret), 'client-cert': 'a'.repeat(64) })).toEqual(reference);
      expect(await answerTo({ ...bearer(far.secret), 'x-forwarded-for': '10.1.2.3' })).toEqual(reference);
      expect(await status(good.secret)).toBe(200);
    });

    it('is every mutation of a key', async () => {
      const { secret } = await make();
      const letter = fc.constantFrom(...'abcXYZ019_-%\u00e9'.split(''));
      const mutation = fc.oneof(
        fc.tuple(fc.nat(secret.length - 1), letter).map(([at, by]) => secret.slice(0, at) + by + secret.slice(at + 1)),
        fc.tuple(fc.nat(secret.length), letter).map(([at, by]) => secret.slice(0, at) + by + secret.slice(at)),
        fc.nat(secret.length - 1).map((at) => secret.slice(0, at) + secret.slice(at + 1)),
        fc.nat(secret.length - 2).map((at) => secret.slice(0, at) + secret[at + 1]! + secret[at]! + secret.slice(at + 2)),
        fc.nat(secret.length - 1).map((length) => secret.slice(0, length)),
        fc.string({ unit: letter, maxLength: 300 }),
      );
      await fc.assert(
        fc.asyncProperty(
          mutation.filter((text) => text !== secret),
          async (text) => expect([text, await answerTo(bearer(text))]).toEqual([text, reference]),
        ),
        { numRuns: 150, seed: 7 },
      );
    });
  });

  describe('signing requests', () => {
    let key: ApiKeySecretView;
    beforeAll(async () => {
      key = await make({ signing: 'required', scopes: ['receipt.write', 'receipt.read', 'webhook.manage', 'batch.write'] });
    });

    interface Signed {
      method?: string;
      path?: string;
      body?: string | Buffer;
      type?: string;
      scheme?: SigningScheme;
      changes?: {
        sent?: string | Buffer;
        sentPath?: string;
        timestamp?: number;
        nonce?: string;
        secret?: string;
        header?: (text: string) => string;
      };
    }
    const send = ({
      method = 'GET',
      path = '/v1/receipts',
      body,
      type = 'application/json',
      scheme = 'PIAOYAN-HMAC-SHA256',
      changes = {},
    }: Signed = {}): Promise<Response> => {
      const call = {
        ...{ scheme, method, target: path },
        contentHash: createHash(scheme === 'PIAOYAN-HMAC-SM3' ? 'sm3' : 'sha256')
          .update(body ?? '')
          .digest('hex'),
        timestamp: changes.timestamp ?? Math.floor(Date.now() / 1_000),
        nonce: changes.nonce ?? randomBytes(16).toString('hex'),
      };
      const header = signedAuthorization(changes.secret ?? key.secret, key.id, call);
      const sent = changes.sent ?? body;
      return fetch(`${bench.url}${changes.sentPath ?? path}`, {
        method,
        headers: { authorization: changes.header?.(header) ?? header, ...(sent !== undefined && { 'content-type': type }) },
        ...(sent !== undefined && { body: sent as BodyInit }),
      });
    };
    const upload = (changes: Signed['changes'] = {}, path = '/v1/receipts') =>
      send({ method: 'POST', path, body: PNG, type: 'image/png', changes });

    it('lets pass what is signed: method, path, query and body', async () => {
      expect((await send()).status).toBe(200);
      expect((await send({ path: '/v1/receipts?limit=2' })).status).toBe(200);
      expect((await upload()).status).toBe(202);
      const hook = JSON.stringify({ url: 'https://erp.bank.example/', description: 'x', eventTypes: ['verification.settled'] });
      expect(await codeOf(await send({ method: 'POST', path: '/v1/webhooks', body: hook }))).toEqual([422, 'webhook-target-not-allowed']);
    });

    it('takes a signature by HMAC-SM3 over the body’s SM3, and no mixture of the two', async () => {
      const upload = { method: 'POST', path: '/v1/receipts', body: PNG, type: 'image/png', scheme: 'PIAOYAN-HMAC-SM3' } as const;
      expect((await send({ scheme: 'PIAOYAN-HMAC-SM3' })).status).toBe(200);
      expect((await send(upload)).status).toBe(202);
      const other = Buffer.from(PNG);
      other[40] = other[40]! ^ 1;
      const mixed = (text: string) => text.replace('PIAOYAN-HMAC-SM3', 'PIAOYAN-HMAC-SHA256');
      for (const changes of [{ sent: other }, { header: mixed }]) {
        expect(await codeOf(await send({ ...upload, changes }))).toEqual([401, 'unauthenticated']);
      }
    });

    it('is refused when anything that was signed differs', async () => {
      const now = Math.floor(Date.now() / 1_000);
      const hook = JSON.stringify({ url: 'https://erp.bank.example/' });
      const wrong: Signed[] = [
        { changes: { sentPath: '/v1/receipts?limit=1' } },
        { path: '/v1/receipts?limit=1', changes: { sentPath: '/v1/receipts?limit=10' } },
        { changes: { timestamp: now - 200 } },
        { changes: { timestamp: now + 200 } },
        { changes: { secret: `${key.secret}x` } },
        { changes: { nonce: 'f'.repeat(32), header: (text) => text.replace(/nonce=\w{4}/, 'nonce=0000') } },
        { changes: { header: (text) => text.replace(/timestamp=\d+/, `timestamp=${now - 1}`) } },
        { changes: { header: (text) => text.replace(/content=\w{8}/, 'content=00000000') } },
        { changes: { header: (text) => text.replace(/key=\w{8}/, 'key=00000000') } },
        { changes: { header: (text) => text.slice(0, -1) } },
        { method: 'POST', path: '/v1/webhooks', body: hook, changes: { sent: hook.replace('erp', 'erq') } },
        { method: 'POST', path: '/v1/webhooks', changes: { sent: hook } },
      ];
      for (const one of wrong) expect([one, await codeOf(await send(one))]).toEqual([one, [401, 'unauthenticated']]);
    });

    it('is refused when it is presented again, also in a race', async () => {
      const nonce = randomBytes(16).toString('hex');
      const same = { timestamp: Math.floor(Date.now() / 1_000), nonce };
      const statuses = await Promise.all(Array.from({ length: 8 }, async () => (await send({ changes: same })).status));
      expect(statuses.sort()).toEqual([200, ...Array<number>(7).fill(401)]);
      expect(await bench.rows('select nonce from api_key_nonce where nonce = $1', [nonce])).toHaveLength(1);
      // Of what did not bear the right signature nothing is remembered.
      const forged = randomBytes(16).toString('hex');
      expect((await send({ changes: { nonce: forged, secret: 'x' } })).status).toBe(401);
      expect(await bench.rows('select nonce from api_key_nonce where nonce = $1', [forged])).toEqual([]);
    });

    it.each(['/v1/receipts', '/v1/receipts/batch', '/v1/verification-batches'])(
      'stores nothing of an upload to %s whose body is another than the signed one',
      async (path) => {
        const rows = () =>
          bench.rows(`select (select count(*) from receipt) + (select count(*) from receipt_batch) + (select count(*) from verification_batch)
            + (select count(*) from audit_entry) as n`);
        const [before, files] = [await rows(), await bench.storedFiles()];
        const other = Buffer.from(PNG);
        other[40] = other[40]! ^ 1;
        expect(await codeOf(await upload({ sent: other }, path))).toEqual([401, 'unauthenticated']);
        expect([await rows(), await bench.storedFiles()]).toEqual([before, files]);
      },
    );

    it('notices at the end of a large upload that it is another, and stores nothing of it', async () => {
      const size = { width: 500, height: 400, channels: 3 as const };
      const large = await sharp(Buffer.alloc(600_000, 'noise'), { raw: size }).png({ compressionLevel: 0 }).toBuffer();
      const send600kB = (signed: Buffer): Promise<Response> =>
        send({ method: 'POST', path: '/v1/receipts', body: signed, type: 'image/png', changes: { sent: large } });
      const [before, files] = [await bench.rows('select id from receipt order by id'), await bench.storedFiles()];
      expect(await codeOf(await send600kB(Buffer.concat([large, Buffer.of(0)])))).toEqual([401, 'unauthenticated']);
      expect([await bench.rows('select id from receipt order by id'), await bench.storedFiles()]).toEqual([before, files]);
      expect((await send600kB(large)).status).toBe(202);
      expect(await bench.storedFiles()).toHaveLength(files.length + 1);
    });

    it('takes no form, which could not be compared while it streams', async () => {
      const body = '--x\r\ncontent-disposition: form-data; name="file"; filename="a.png"\r\n\r\nx\r\n--x--\r\n';
      const response = await send({ method: 'POST', body, type: 'multipart/form-data; boundary=x' });
      expect(await codeOf(response)).toEqual([415, 'upload-unsupported-type']);
    });

    it('goes on with both secrets while the key is rotated', async () => {
      const own = await make({ signing: 'required' });
      const rotated = (await (await bench.fetch(`/v1/api-keys/${own.id}/rotate`, json({}))).json()) as ApiKeySecretView;
      const as = async (secret: string): Promise<number> => {
        const scheme: SigningScheme = 'PIAOYAN-HMAC-SHA256';
        const call = {
          scheme,
          method: 'GET',
          target: '/v1/receipts',
          contentHash: emptyContentHash(scheme),
          timestamp: Math.floor(Date.now() / 1_000),
        };
        const authorization = signedAuthorization(secret, own.id, { ...call, nonce: randomBytes(16).toString('hex') });
        return (await fetch(`${bench.url}/v1/receipts`, { headers: { authorization } })).status;
      };
      expect(own.secret).not.toBe(rotated.secret);
      expect([await as(own.secret), await as(rotated.secret)]).toEqual([200, 200]);
      await bench.rows(`update api_key set previous_until = now() where id = $1`, [own.id]);
      expect([await as(own.secret), await as(rotated.secret)]).toEqual([401, 200]);
    });
  });
});
