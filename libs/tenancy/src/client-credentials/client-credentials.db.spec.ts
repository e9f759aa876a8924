import { AuditEntry } from '@app/audit';
import { type Actor, createDataSource, DatabaseModule, UnitOfWork } from '@app/database';
import { KeyringModule, type KeyringOptions, MasterKeyMissingError } from '@app/keyring';
import { Test, type TestingModule } from '@nestjs/testing';
import { DataSource } from 'typeorm';
import { createTestDatabase, type TestDatabase } from '../../../../test/support/test-database';
import { Tenant } from '../tenant.entity';
import { TenantNotFoundError } from '../tenant.error';
import { type ClientCredentialAdmin, CredentialNotFoundError, withClientCredentialAdmin } from './client-credential-admin';
import { ClientCredential } from './client-credential.entity';
import { ClientCredentialsModule } from './client-credentials.module';
import { ClientCredentials, type NewClientCredential } from './client-credentials.service';

const OPERATOR: Actor = { type: 'operator', id: 'os:root', name: 'root' };
const KEYS = { hashKey: 'h'.repeat(32), masterKey: 'a'.repeat(64), suite: 'standard' } as const;
const HOME = '127.0.0.1';

describe('client credentials', () => {
  let database: TestDatabase;
  let api: TestingModule;
  let superuser: DataSource;
  let clients: ClientCredentials;
  const tenantIds = ['019ab1c2-0000-7000-8000-00000000000a', '019ab1c2-0000-7000-8000-00000000000b'] as const;

  const start = (keys: KeyringOptions & { hashKey: string }) =>
    Test.createTestingModule({
      imports: [
        DatabaseModule.forRoot({ url: database.apiUrl, applicationName: 'spec', entities: [Tenant, ClientCredential, AuditEntry] }),
        KeyringModule.forRoot(keys),
        ClientCredentialsModule.forRoot(keys),
      ],
    }).compile();

  beforeAll(async () => {
    database = await createTestDatabase();
    superuser = await createDataSource({ url: database.superuserUrl, applicationName: 'spec-superuser' }).initialize();
    await superuser.query('insert into tenant (id, name) values ($1, $2), ($3, $4)', [tenantIds[0], 'first', tenantIds[1], 'second']);
    api = await start(KEYS);
    clients = api.get(ClientCredentials);
  });
  afterAll(async () => {
    await api.close();
    await superuser.destroy();
    await database.drop();
  });

  const asOperator = <T>(work: (admin: ClientCredentialAdmin) => Promise<T>): Promise<T> =>
    withClientCredentialAdmin({ ownerUrl: database.ownerUrl, applicationName: 'spec-command', ...KEYS }, work);
  const issue = (wanted: Partial<NewClientCredential> = {}, tenant = 'first') =>
    asOperator((admin) =>
      admin.create(OPERATOR, tenant, { dialect: 'netocr', name: '核心系统', scopes: [], allowedNetworks: [], ...wanted }),
    );
  const bySecret = (key: string, secret: string, address = HOME) => clients.bySecret({ key, secret, address });
  const bySignature = (appId: string, expected: string, address = HOME) =>
    clients.bySignature({ appId, address, isSigned: (secret) => secret === expected });

  it('recognise the client of a presented secret, its tenant and what it may see', async () => {
    const { id, publicId, secret } = await issue({ scopes: ['face.unmasked'] });
    expect(await bySecret(publicId, secret)).toEqual({
      client: {
        credentialId: id,
        tenant: { tenantId: tenantIds[0], actor: { type: 'client', id, name: '核心系统' } },
        scopes: new Set(['face.unmasked']),
      },
    });
  });

  it('recognise the client of a signature, whose secret they give to nobody else', async () => {
    const { id, publicId, secret } = await issue({ dialect: 'jumdata' }, 'second');
    const check = await bySignature(publicId, secret);
    expect(check).toMatchObject({ client: { credentialId: id, tenant: { tenantId: tenantIds[1] }, scopes: new Set() } });
  });

  it('say the same of an unknown id, a wrong secret, and an id of the other dialect', async () => {
    const netocr = await issue();
    const jumdata = await issue({ dialect: 'jumdata' });
    const refused = { refused: 'unknown' };
    expect(await bySecret('0'.repeat(22), netocr.secret)).toEqual(refused);
    expect(await bySecret(netocr.publicId, jumdata.secret)).toEqual(refused);
    expect(await bySecret(jumdata.publicId, jumdata.secret)).toEqual(refused);
    expect(await bySignature(netocr.publicId, netocr.secret)).toEqual(refused);
    expect(await bySignature(jumdata.publicId, netocr.secret)).toEqual(refused);
    // A text that PostgreSQL would choke on is just another unknown id.
    expect(await bySecret('a\0b', 'x')).toEqual(refused);
    expect(await bySignature(`' or true --`, 'x')).toEqual(refused);
  });

  it('check a signature for an unknown id, too: the time an answer takes tells nothing', async () => {
    const isSigned = jest.fn(() => true);
    expect(await clients.bySignature({ appId: '0'.repeat(22), address: HOME, isSigned })).toEqual({ refused: 'unknown' });
    expect(isSigned).toHaveBeenCalledTimes(1);
  });

  it('know no client of another installation', async () => {
    const netocr = await issue();
    await issue({ dialect: 'jumdata' });
    const elsewhere = await start({ ...KEYS, hashKey: 'i'.repeat(32) });
    const others = elsewhere.get(ClientCredentials);
    expect(await others.bySecret({ key: netocr.publicId, secret: netocr.secret, address: HOME })).toEqual({ refused: 'unknown' });
    await elsewhere.close();
    const stranger = { ownerUrl: database.ownerUrl, applicationName: 'spec-command', ...KEYS, masterKey: 'b'.repeat(64) };
    await expect(withClientCredentialAdmin(stranger, () => Promise.resolve())).rejects.toThrow(MasterKeyMissingError);
  });

  it('tell a client that knows its secret, and no other, that it is expired, revoked or elsewhere', async () => {
    const expired = await issue({ expiresAt: new Date(Date.now() - 60_000) });
    expect(await bySecret(expired.publicId, expired.secret)).toMatchObject({ refused: 'disabled' });
    expect(await bySecret(expired.publicId, 'wrong')).toEqual({ refused: 'unknown' });
    const revoked = await issue({ dialect: 'jumdata' });
    await asOperator((admin) => admin.revoke(OPERATOR, 'first', revoked.publicId));
    expect(await bySignature(revoked.publicId, revoked.secret)).toMatchObject({ refused: 'disabled' });
    const bound = await issue({ allowedNetworks: ['10.1.0.0/16', '10.9.9.9'] });
    expect(await bySecret(bound.publicId, bound.secret, '10.2.0.1')).toMatchObject({ refused: 'addressNotAllowed' });
    expect(await bySecret(bound.publicId, bound.secret, '::ffff:10.1.0.1')).toMatchObject({ client: { credentialId: bound.id } });
    expect(await bySecret(bound.publicId, bound.secret, '10.9.9.9')).toMatchObject({ client: { credentialId: bound.id } });
  });

  it('store no secret that could be presented or could sign', async () => {
    const made = [await issue(), await issue({ dialect: 'jumdata' })];
    const dump = JSON.stringify(await superuser.query('select c::text as row from client_credential c'));
    for (const { publicId, secret } of made) {
      expect(dump).toContain(publicId);
      expect(dump).not.toContain(secret);
      expect(dump).not.toContain(Buffer.from(secret).toString('hex'));
    }
  });

  it('audit making and revoking, without the secret', async () => {
    const { id, publicId, secret } = await issue({ dialect: 'jumdata', allowedNetworks: ['10.1.2.3'] });
    await asOperator((admin) => admin.revoke(OPERATOR, 'first', publicId));
    await asOperator((admin) => admin.revoke(OPERATOR, 'first', publicId));
    const entries = await api
      .get(UnitOfWork)
      .run({ tenantId: tenantIds[0], actor: OPERATOR }, ({ manager }) =>
        manager.find(AuditEntry, { where: { targetId: id }, order: { id: 'ASC' } }),
      );
    const detail = { dialect: 'jumdata', name: '核心系统', scopes: '', allowedNetworks: '10.1.2.3/32', expiresAt: null };
    expect(entries).toMatchObject([
      { action: 'clientCredential.create', actorType: 'operator', detail },
      { action: 'clientCredential.revoke', detail: { dialect: 'jumdata', name: '核心系统' } },
    ]);
    expect(entries).toHaveLength(2);
    expect(JSON.stringify(entries)).not.toContain(secret);
  });

  it('note when a credential was last used, once a minute at most', async () => {
    const { id, publicId, secret } = await issue();
    const lastUse = async () => {
      const rows = await superuser.query<{ at: Date | null }[]>('select last_used_at as at from client_credential where id = $1', [id]);
      return rows[0]?.at ?? null;
    };
    await bySecret(publicId, 'wrong');
    expect(await lastUse()).toBeNull();
    await bySecret(publicId, secret);
    const first = await lastUse();
    expect(first).toBeInstanceOf(Date);
    await bySecret(publicId, secret);
    expect(await lastUse()).toEqual(first);
  });

  it('are listed and revoked within one tenant only', async () => {
    const { id, publicId } = await issue({}, 'second');
    const of = async (tenant: string) => (await asOperator((admin) => admin.list(OPERATOR, tenant))).map((one) => one.id);
    expect(await of('second')).toContain(id);
    expect(await of('first')).not.toContain(id);
    await expect(asOperator((admin) => admin.revoke(OPERATOR, 'first', publicId))).rejects.toThrow(CredentialNotFoundError);
    await expect(asOperator((admin) => admin.list(OPERATOR, 'third'))).rejects.toThrow(TenantNotFoundError);
  });

  it('are shown to the api for its tenant only, and changed by it in nothing but the last use', async () => {
    await issue({}, 'first');
    const mine = await issue({}, 'second');
    const as = (sql: string) =>
      api.get(UnitOfWork).run({ tenantId: tenantIds[1], actor: OPERATOR }, ({ manager }) => manager.query<{ tenant_id: string }[]>(sql));
    expect(new Set((await as('select tenant_id from client_credential')).map((row) => row.tenant_id))).toEqual(new Set([tenantIds[1]]));
    expect(await api.get(DataSource).query('select id from client_credential')).toEqual([]);
    for (const sql of [`update client_credential set scopes = '{face.unmasked}'`, 'delete from client_credential']) {
      await expect(as(sql)).rejects.toThrow('permission denied');
    }
    await expect(as(`insert into client_credential select * from client_credential where id = '${mine.id}'`)).rejects.toThrow('permission');
  });

  it('refuse a network that is none', async () => {
    await expect(issue({ allowedNetworks: ['10.1.0.1/16'] })).rejects.toThrow(RangeError);
  });
});
