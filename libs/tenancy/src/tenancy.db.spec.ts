import { BUSINESS_SCOPES } from '@app/contracts';
import { AuditEntry } from '@app/audit';
import { type Actor, createDataSource, DatabaseModule, UnitOfWork } from '@app/database';
import { Test, type TestingModule } from '@nestjs/testing';
import { DataSource } from 'typeorm';
import { createTestDatabase, type TestDatabase } from '../../../test/support/test-database';
import { ApiKey } from './api-keys/api-key.entity';
import { newApiKeySecret } from './api-keys/api-key-secret';
import type { NewApiKey } from './api-keys/api-keys.service';
import { ApiKeyProofs, type Caller, type KeyCheck } from './api-keys/api-key-proofs';
import { emptyContentHash, signatureOf, type SignedCall } from './api-keys/request-signature';
import { TenancyModule } from './tenancy.module';
import { TenantAdmin } from './tenant-admin.service';
import { Tenant } from './tenant.entity';
import { withTenantAdmin } from './with-tenant-admin';
import { TenantExistsError, TenantNotFoundError } from './tenant.error';

const OPERATOR: Actor = { type: 'operator', id: 'os:root', name: 'root' };
const MINUTE_MS = 60_000;
const HERE: Caller = { address: '10.1.2.3', certificateSha256: null };
const UNKNOWN: KeyCheck = { refused: 'unknown' };

describe('tenants and their keys', () => {
  let database: TestDatabase;
  let operator: TestingModule;
  let api: TestingModule;
  let superuser: DataSource;

  const start = (url: string, hashKey = 'h'.repeat(32)) =>
    Test.createTestingModule({
      imports: [
        DatabaseModule.forRoot({ url, applicationName: 'spec', entities: [Tenant, ApiKey, AuditEntry] }),
        TenancyModule.forRoot({ hashKey }),
      ],
    }).compile();

  beforeAll(async () => {
    database = await createTestDatabase();
    operator = await start(database.ownerUrl);
    api = await start(database.apiUrl);
    superuser = await createDataSource({ url: database.superuserUrl, applicationName: 'spec-superuser' }).initialize();
  });
  afterAll(async () => {
    await operator.close();
    await api.close();
    await superuser.destroy();
    await database.drop();
  });

  const check = (secret: string, from: TestingModule = api): Promise<KeyCheck> => from.get(ApiKeyProofs).bySecret(secret, HERE);

  let serial = 0;
  async function tenantWithKey(key: Partial<NewApiKey> = {}) {
    const name = `bank ${(serial += 1)}`;
    const tenant = await operator.get(TenantAdmin).createTenant(OPERATOR, name);
    const made = await operator.get(TenantAdmin).createKey(OPERATOR, name, { name: 'counter', scopes: ['receipt.read'], ...key });
    return { tenantId: tenant.id, ...made };
  }

  it('recognises a key as the api role: its tenant, its name, its scopes', async () => {
    const made = await tenantWithKey({ scopes: ['receipt.write', 'receipt.read'] });
    const found = await check(made.secret);
    expect(found).toEqual({
      authentication: {
        method: 'apiKey',
        tenant: { tenantId: made.tenantId, actor: { type: 'apiKey', id: made.id, name: 'counter' } },
        scopes: new Set(['receipt.write', 'receipt.read']),
      },
    });
  });

  it('audits the making of tenant and key in the same transaction, without the secret', async () => {
    const made = await tenantWithKey();
    const tenant = { tenantId: made.tenantId, actor: OPERATOR };
    const entries = await api.get(UnitOfWork).run(tenant, ({ manager }) => manager.find(AuditEntry, { order: { id: 'ASC' } }));
    expect(entries).toMatchObject([
      { action: 'tenant.create', targetId: made.tenantId, actorType: 'operator', actorName: 'root' },
      { action: 'apiKey.create', targetId: made.id, detail: { name: 'counter', scopes: 'receipt.read', signing: 'none' } },
    ]);
    expect(JSON.stringify(entries)).not.toContain(made.secret.slice(8, 20));
  });

  it('stores no key that could be presented', async () => {
    const made = await tenantWithKey();
    const rows = await superuser.query<object[]>('select k::text as row from api_key k');
    const dump = JSON.stringify(rows);
    expect(dump).toContain(made.secret.slice(-4));
    expect(dump).not.toContain(made.secret.slice(8, 20));
  });

  it('knows no unknown, expired, revoked or foreign-made key', async () => {
    expect(await check(newApiKeySecret())).toEqual(UNKNOWN);
    const expired = await tenantWithKey({ expiresAt: new Date(Date.now() - MINUTE_MS) });
    expect(await check(expired.secret)).toMatchObject({ refused: 'expired' });
    const lasting = await tenantWithKey({ expiresAt: new Date(Date.now() + MINUTE_MS) });
    expect(await check(lasting.secret)).toHaveProperty('authentication');
    await superuser.query('update api_key set revoked_at = now() where id = $1', [lasting.id]);
    expect(await check(lasting.secret)).toMatchObject({ refused: 'revoked' });
    const elsewhere = await start(database.apiUrl, 'another installation has another key');
    expect(await check((await tenantWithKey()).secret, elsewhere)).toEqual(UNKNOWN);
    await elsewhere.close();
  });

  it('has the same work with a text that can be no key as with one that is: one question to the database', async () => {
    const { secret } = await tenantWithKey();
    const query = jest.spyOn(api.get(DataSource), 'query');
    const mistyped = secret.slice(0, -1) + (secret.endsWith('0') ? '1' : '0');
    for (const text of [mistyped, secret.slice(0, 20), '', newApiKeySecret()]) expect(await check(text)).toEqual(UNKNOWN);
    expect(query.mock.calls.map(([sql]) => sql)).toEqual(Array(4).fill(query.mock.calls[0]?.[0]));
    query.mockRestore();
  });

  it('notes when a key was last used, once a minute at most', async () => {
    const made = await tenantWithKey();
    const lastUse = async () => {
      const rows = await superuser.query<{ last_used_at: Date | null }[]>('select last_used_at from api_key where id = $1', [made.id]);
      return rows[0]?.last_used_at ?? null;
    };
    expect(await lastUse()).toBeNull();
    await check(made.secret);
    const first = await lastUse();
    expect(first).toBeInstanceOf(Date);
    await check(made.secret);
    expect(await lastUse()).toEqual(first);
    await superuser.query(`update api_key set last_used_at = now() - interval '61 seconds' where id = $1`, [made.id]);
    await check(made.secret);
    expect((await lastUse())!.getTime()).toBeGreaterThanOrEqual(first!.getTime());
  });

  it('makes no key that lasts longer than the operator allows, and none without an end', async () => {
    const made = await tenantWithKey();
    const [row] = await superuser.query<{ days: number }[]>(
      `select round(extract(epoch from expires_at - now()) / 86400)::int as days from api_key where id = $1`,
      [made.id],
    );
    expect(row?.days).toBe(365);
    const tooLong = tenantWithKey({ expiresAt: new Date(Date.now() + 366 * 24 * 60 * MINUTE_MS) });
    await expect(tooLong).rejects.toMatchObject({ code: 'invalid-field' });
  });

  it('gives no key the powers of two administrators', async () => {
    await expect(tenantWithKey({ scopes: ['user.manage', 'audit.read'] })).rejects.toMatchObject({ code: 'api-key-scope-not-allowed' });
    await tenantWithKey({ scopes: ['audit.read', 'audit.export'] });
    await tenantWithKey({ scopes: [...BUSINESS_SCOPES] });
  });

  it('rotates a key: two secrets at most, the old one until its time, none beyond the end of the key', async () => {
    const made = await tenantWithKey();
    const name = `bank ${serial}`;
    const rotate = (overlapHours: number) => operator.get(TenantAdmin).rotateKey(OPERATOR, name, made.id, { overlapHours });
    const second = await rotate(24);
    expect(second.key.id).toBe(made.id);
    expect(await Promise.all([made.secret, second.secret].map((secret) => check(secret)))).toMatchObject([
      { authentication: { tenant: { actor: { id: made.id } } } },
      { authentication: { tenant: { actor: { id: made.id } } } },
    ]);
    const third = await rotate(24);
    expect(await check(made.secret)).toEqual(UNKNOWN);
    expect(await check(second.secret)).toHaveProperty('authentication');
    await superuser.query(`update api_key set previous_until = now() - interval '1 second' where id = $1`, [made.id]);
    expect(await check(second.secret)).toMatchObject({ refused: 'expired' });
    expect(await check(third.secret)).toHaveProperty('authentication');
    const fourth = await rotate(0);
    expect(await check(third.secret)).toEqual(UNKNOWN);
    await operator.get(TenantAdmin).revokeKey(OPERATOR, name, made.id);
    await operator.get(TenantAdmin).revokeKey(OPERATOR, name, made.id);
    expect(await check(fourth.secret)).toMatchObject({ refused: 'revoked' });
    await expect(rotate(1)).rejects.toMatchObject({ code: 'api-key-ended' });
    const actions = await superuser.query<{ action: string }[]>('select action from audit_entry where target_id = $1 order by id', [
      made.id,
    ]);
    expect(actions.map(({ action }) => action)).toEqual(['apiKey.create', ...Array<string>(3).fill('apiKey.rotate'), 'apiKey.revoke']);
  });

  it('takes a signature once, whichever process it is presented to', async () => {
    const { id, secret, tenantId } = await tenantWithKey({ signing: 'required' });
    expect(await check(secret)).toEqual(UNKNOWN);
    const scheme = 'PIAOYAN-HMAC-SHA256';
    const about = { method: 'GET', target: '/v1/receipts', timestamp: 1_800_000_000, nonce: 'n'.repeat(16) };
    const call: SignedCall = { scheme, contentHash: emptyContentHash(scheme), ...about };
    const said = { ...call, keyId: id, signature: signatureOf(secret, call).toString('hex') };
    const other = await start(database.apiUrl);
    const at = (seconds: number, from = api) =>
      from.get(ApiKeyProofs).bySignature(said, call, HERE, new Date((call.timestamp + seconds) * 1_000));
    expect([await at(-121), await at(121)]).toMatchObject([{ refused: 'outsideWindow' }, { refused: 'outsideWindow' }]);
    expect(await at(120)).toMatchObject({ authentication: { tenant: { tenantId } } });
    expect([await at(-120, other), await at(0)]).toMatchObject([{ refused: 'replayed' }, { refused: 'replayed' }]);
    await other.close();
  });

  it('lists the keys of a tenant and touches those of no other', async () => {
    const [mine, other] = [await tenantWithKey(), await tenantWithKey()];
    const admin = operator.get(TenantAdmin);
    expect((await admin.listKeys(OPERATOR, `bank ${serial}`)).map(({ id }) => id)).toEqual([other.id]);
    await expect(admin.revokeKey(OPERATOR, `bank ${serial}`, mine.id)).rejects.toMatchObject({ code: 'not-found' });
    expect(await check(mine.secret)).toHaveProperty('authentication');
  });

  it('shows the processes nothing of keys but their own tenant, and lets them change nothing but the last use', async () => {
    const made = await tenantWithKey();
    const other = await tenantWithKey();
    const as = (tenantId: string, sql: string) =>
      api.get(UnitOfWork).run({ tenantId, actor: OPERATOR }, ({ manager }) => manager.query<{ id: string }[]>(sql));
    expect((await as(made.tenantId, 'select id from api_key')).map((row) => row.id)).toEqual([made.id]);
    expect((await as(other.tenantId, 'select id from tenant')).map((row) => row.id)).toEqual([other.tenantId]);
    expect(await api.get(DataSource).query('select id from api_key')).toEqual([]);
    await expect(as(made.tenantId, `update api_key set scopes = '{}'`)).rejects.toThrow('permission denied');
    await expect(as(made.tenantId, 'delete from api_key')).rejects.toThrow('permission denied');
  });

  it('says which tenant exists already, and which does not', async () => {
    const admin = operator.get(TenantAdmin);
    await admin.createTenant(OPERATOR, 'Bank of Somewhere');
    await expect(admin.createTenant(OPERATOR, 'Bank of Somewhere')).rejects.toThrow(TenantExistsError);
    await expect(admin.createKey(OPERATOR, 'Bank of Nowhere', { name: 'x', scopes: [] })).rejects.toThrow(TenantNotFoundError);
    await expect(api.get(TenantAdmin).createKey(OPERATOR, 'Bank of Somewhere', { name: 'x', scopes: [] })).rejects.toThrow(
      TenantNotFoundError,
    );
  });

  it('are made by one call at the command line, as the owner and as no role that row security does not bind', async () => {
    const options = { hashKey: 'h'.repeat(32), applicationName: 'spec-command' };
    const made = await withTenantAdmin({ ...options, ownerUrl: database.ownerUrl }, async (admin) => {
      await admin.createTenant(OPERATOR, 'Command Bank');
      return admin.createKey(OPERATOR, 'Command Bank', { name: 'counter', scopes: ['receipt.read'] });
    });
    expect(await check(made.secret)).toHaveProperty('authentication');
    const asSuperuser = withTenantAdmin({ ...options, ownerUrl: database.superuserUrl }, (admin) => admin.createTenant(OPERATOR, 'x'));
    await expect(asSuperuser).rejects.toThrow('bypasses row security');
  });
});
