import { AuditEntry } from '@app/audit';
import { type Actor, createDataSource, DatabaseModule, UnitOfWork } from '@app/database';
import { Test, type TestingModule } from '@nestjs/testing';
import { DataSource } from 'typeorm';
import { createTestDatabase, type TestDatabase } from '../../../test/support/test-database';
import { ApiKey } from './api-key.entity';
import { newApiKeySecret } from './api-key-secret';
import { ApiKeys } from './api-keys.service';
import { TenancyModule } from './tenancy.module';
import { TenantAdmin } from './tenant-admin.service';
import { Tenant } from './tenant.entity';
import { withTenantAdmin } from './with-tenant-admin';
import { TenantExistsError, TenantNotFoundError } from './tenant.error';

const OPERATOR: Actor = { type: 'operator', id: 'os:root', name: 'root' };
const MINUTE_MS = 60_000;

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

  let serial = 0;
  async function tenantWithKey(key: { scopes?: ApiKey['scopes']; expiresAt?: Date } = {}) {
    const name = `bank ${(serial += 1)}`;
    const tenant = await operator.get(TenantAdmin).createTenant(OPERATOR, name);
    const made = await operator.get(TenantAdmin).createKey(OPERATOR, name, { name: 'counter', scopes: ['receipt.read'], ...key });
    return { tenantId: tenant.id, ...made };
  }

  it('recognises a key as the api role: its tenant, its name, its scopes', async () => {
    const made = await tenantWithKey({ scopes: ['receipt.write', 'receipt.read'] });
    const found = await api.get(ApiKeys).authenticate(made.secret);
    expect(found).toEqual({
      method: 'apiKey',
      tenant: { tenantId: made.tenantId, actor: { type: 'apiKey', id: made.id, name: 'counter' } },
      scopes: new Set(['receipt.write', 'receipt.read']),
    });
  });

  it('audits the making of tenant and key in the same transaction, without the secret', async () => {
    const made = await tenantWithKey();
    const tenant = { tenantId: made.tenantId, actor: OPERATOR };
    const entries = await api.get(UnitOfWork).run(tenant, ({ manager }) => manager.find(AuditEntry, { order: { id: 'ASC' } }));
    expect(entries).toMatchObject([
      { action: 'tenant.create', targetId: made.tenantId, actorType: 'operator', actorName: 'root' },
      { action: 'apiKey.create', targetId: made.id, detail: { name: 'counter', scopes: 'receipt.read', expiresAt: null } },
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
    const keys = api.get(ApiKeys);
    expect(await keys.authenticate(newApiKeySecret())).toBeNull();
    const expired = await tenantWithKey({ expiresAt: new Date(Date.now() - MINUTE_MS) });
    expect(await keys.authenticate(expired.secret)).toBeNull();
    const lasting = await tenantWithKey({ expiresAt: new Date(Date.now() + MINUTE_MS) });
    expect(await keys.authenticate(lasting.secret)).not.toBeNull();
    await superuser.query('update api_key set revoked_at = now() where id = $1', [lasting.id]);
    expect(await keys.authenticate(lasting.secret)).toBeNull();
    const elsewhere = await start(database.apiUrl, 'another installation has another key');
    expect(await elsewhere.get(ApiKeys).authenticate((await tenantWithKey()).secret)).toBeNull();
    await elsewhere.close();
  });

  it('refuses a text with a wrong checksum without asking the database', async () => {
    const { secret } = await tenantWithKey();
    const query = jest.spyOn(api.get(DataSource), 'query');
    const wrong = secret.slice(0, -1) + (secret.endsWith('0') ? '1' : '0');
    expect(await api.get(ApiKeys).authenticate(wrong)).toBeNull();
    expect(query).not.toHaveBeenCalled();
    query.mockRestore();
  });

  it('notes when a key was last used, once a minute at most', async () => {
    const made = await tenantWithKey();
    const lastUse = async () => {
      const rows = await superuser.query<{ last_used_at: Date | null }[]>('select last_used_at from api_key where id = $1', [made.id]);
      return rows[0]?.last_used_at ?? null;
    };
    expect(await lastUse()).toBeNull();
    await api.get(ApiKeys).authenticate(made.secret);
    const first = await lastUse();
    expect(first).toBeInstanceOf(Date);
    await api.get(ApiKeys).authenticate(made.secret);
    expect(await lastUse()).toEqual(first);
    await superuser.query(`update api_key set last_used_at = now() - interval '61 seconds' where id = $1`, [made.id]);
    await api.get(ApiKeys).authenticate(made.secret);
    expect((await lastUse())!.getTime()).toBeGreaterThanOrEqual(first!.getTime());
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
    expect(await api.get(ApiKeys).authenticate(made.secret)).not.toBeNull();
    const asSuperuser = withTenantAdmin({ ...options, ownerUrl: database.superuserUrl }, (admin) => admin.createTenant(OPERATOR, 'x'));
    await expect(asSuperuser).rejects.toThrow('bypasses row security');
  });
});
