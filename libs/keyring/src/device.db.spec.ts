import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { AuditEntry } from '@app/audit';
import { ConfiguredMasterKeys, MasterKeyChain, type MasterKeys, UnsealError, type WrappedKey } from '@app/crypto';
import { type Actor, createDataSource, type TenantContext, UnitOfWork } from '@app/database';
import type { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { createTestDatabase, type TestDatabase } from '../../../test/support/test-database';
import { BoundedMasterKeys } from './bounded-master-keys';
import { createKeyring } from './create-keyring';
import type { Keyring, SealPlace } from './keyring';
import { type KeyringAdmin } from './keyring-admin';
import { MasterKeyMissingError } from './master-key-missing.error';
import { withKeyringAdmin } from './with-keyring-admin';

const OPERATOR: Actor = { type: 'operator', id: 'root', name: 'root' };
const PLACE: SealPlace = { dataClass: 'detail', purpose: 'spec', rowId: '1' };
const TEXT = Buffer.from('查验成功发票一致');
const FILE_KEY = 'a'.repeat(64);
const MAX_SESSIONS = 2;

/** As a token behind PKCS#11: its key is made in it and never told, its wrapped keys have a form of their own, and its sessions are few. */
class FakeDevice implements MasterKeys {
  readonly fingerprints = ['00000000000000ff'] as const;
  readonly #key = randomBytes(32);
  #open = 0;
  readonly #waiting: (() => void)[] = [];
  answers: 'yes' | 'no' | 'never' = 'yes';
  asked = { wrap: 0, unwrap: 0 };
  mostAtOnce = 0;

  wrap(_suite: unknown, context: Uint8Array, key: Uint8Array): Promise<WrappedKey> {
    this.asked.wrap += 1;
    return this.session(() => {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', this.#key, nonce).setAAD(context);
      const bytes = Buffer.concat([nonce, cipher.update(key), cipher.final(), cipher.getAuthTag()]);
      return { masterKey: this.fingerprints[0], bytes };
    });
  }

  unwrap(context: Uint8Array, { bytes }: WrappedKey): Promise<Buffer> {
    this.asked.unwrap += 1;
    return this.session(() => {
      const decipher = createDecipheriv('aes-256-gcm', this.#key, bytes.subarray(0, 12)).setAAD(context).setAuthTag(bytes.subarray(-16));
      try {
        return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]);
      } catch {
        throw new UnsealError('notAuthentic');
      }
    });
  }

  private async session<T>(work: () => T): Promise<T> {
    if (this.answers === 'no') throw new Error('CKR_DEVICE_REMOVED');
    if (this.answers === 'never') return new Promise<T>(() => undefined);
    while (this.#open >= MAX_SESSIONS) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#open += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.#open);
    await new Promise(setImmediate);
    try {
      return work();
    } finally {
      this.#open -= 1;
      this.#waiting.shift()?.();
    }
  }
}

describe('a device that keeps the master key', () => {
  let database: TestDatabase;
  let superuser: DataSource;
  let api: DataSource;
  let device: FakeDevice;
  beforeAll(async () => {
    database = await createTestDatabase();
    superuser = await createDataSource({ url: database.superuserUrl, applicationName: 'spec-superuser' }).initialize();
    api = await createDataSource({ url: database.apiUrl, applicationName: 'spec-api', entities: [AuditEntry] }).initialize();
  });
  afterAll(async () => {
    await Promise.all([superuser.destroy(), api.destroy()]);
    await database.drop();
  });
  beforeEach(async () => {
    await superuser.query('truncate data_key');
    device = new FakeDevice();
  });

  const newTenant = async (): Promise<TenantContext> => {
    const tenantId = uuidv7();
    await superuser.query('insert into tenant (id, name) values ($1::uuid, $1::text)', [tenantId]);
    return { tenantId, actor: { type: 'worker', id: 'job', name: 'spec' } };
  };
  const process = (masterKeys: MasterKeys = device): Promise<Keyring> =>
    createKeyring({ dataSource: api, unitOfWork: new UnitOfWork(api) }, { masterKeys, suite: 'standard' });
  const asOperator = <T>(work: (admin: KeyringAdmin) => Promise<T>, masterKeys: MasterKeys = device): Promise<T> =>
    withKeyringAdmin({ ownerUrl: database.ownerUrl, applicationName: 'spec-command', masterKeys, suite: 'standard' }, work);

  it('is all that the product needs: seal, open, search, rotate, rewrap, hand keys over and take them in', async () => {
    const tenant = await newTenant();
    const keyring = await process();
    const sealed = await keyring.seal(tenant, PLACE, TEXT);
    const hash = await keyring.searchHash(tenant, 'field', 'value');
    await asOperator((admin) => admin.rotate(OPERATOR, 'detail', tenant.tenantId));
    expect(await asOperator((admin) => admin.rewrap(OPERATOR))).toEqual([]);
    const other = await process();
    expect(await other.open(tenant, PLACE, sealed)).toEqual(TEXT);
    expect(await other.searchHash(tenant, 'field', 'value')).toEqual(hash);
    const { file } = await asOperator((admin) => admin.newRecipient());
    const recipient = { suite: 'standard', publicKey: Buffer.from(file.recipient.slice('x25519:'.length), 'base64url') } as const;
    const made = await new UnitOfWork(api).run(tenant, (tx) =>
      other.exportKeys(tx, { classes: ['detail', 'search'], recipient, tenantName: 'x', approvalId: uuidv7() }),
    );
    const delivery = { packageText: JSON.stringify(made), recipientText: JSON.stringify(file) };
    const outcomes = (await asOperator((admin) => admin.importPackage(OPERATOR, delivery))).map(({ outcome }) => outcome);
    expect(outcomes).toEqual(['present', 'present', 'present']);
  });

  it('is asked once for each data key, however much is sealed', async () => {
    const tenant = await newTenant();
    const keyring = await process();
    for (let at = 0; at < 50; at += 1) await keyring.seal(tenant, { ...PLACE, rowId: String(at) }, TEXT);
    expect(device.asked).toEqual({ wrap: 1, unwrap: 1 + 1 });
  });

  it('takes over from a file without a stop: the device before the file, rewrap, the file away', async () => {
    const tenant = await newTenant();
    const sealed = await (await process(new ConfiguredMasterKeys(FILE_KEY))).seal(tenant, PLACE, TEXT);
    await expect(process()).rejects.toThrow(MasterKeyMissingError);
    const both = new MasterKeyChain(device, new ConfiguredMasterKeys(FILE_KEY));
    expect(await (await process(both)).open(tenant, PLACE, sealed)).toEqual(TEXT);
    await asOperator((admin) => admin.rewrap(OPERATOR), both);
    expect(await (await process()).open(tenant, PLACE, sealed)).toEqual(TEXT);
    const gone = new MasterKeyChain(new ConfiguredMasterKeys(FILE_KEY));
    await expect(gone.unwrap(Buffer.alloc(0), { masterKey: device.fingerprints[0], bytes: Buffer.alloc(64) })).rejects.toThrow(UnsealError);
  });

  it('serves many at once through few sessions', async () => {
    const tenants = await Promise.all(Array.from({ length: 8 }, newTenant));
    const keyring = await process();
    const sealed = await Promise.all(tenants.map((tenant) => keyring.seal(tenant, PLACE, TEXT)));
    const other = await process();
    expect(await Promise.all(tenants.map((tenant, at) => other.open(tenant, PLACE, sealed[at]!)))).toEqual(tenants.map(() => TEXT));
    expect(device.mostAtOnce).toBe(MAX_SESSIONS);
  });

  it.each(['no', 'never'] as const)('that answers %s makes the caller come back, and leaves nothing behind', async (answers) => {
    const tenant = await newTenant();
    const bounded = new BoundedMasterKeys(device, 1_000);
    const keyring = await process(bounded);
    device.answers = answers;
    await expect(keyring.seal(tenant, PLACE, TEXT)).rejects.toMatchObject({ code: 'unavailable' });
    expect(await superuser.query('select 1 from data_key')).toEqual([]);
    expect(await superuser.query('select 1 from audit_entry where tenant_id = $1', [tenant.tenantId])).toEqual([]);
    device.answers = 'yes';
    const sealed = await keyring.seal(tenant, PLACE, TEXT);
    await keyring.open(tenant, PLACE, sealed);
    device.answers = answers;
    // What a process knows it goes on using for its minute.
    expect(await keyring.open(tenant, PLACE, sealed)).toEqual(TEXT);
    await expect((await process(bounded)).open(tenant, PLACE, sealed)).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('says that a wrapped key is none as it is, and not that it is out of reach', async () => {
    const tenant = await newTenant();
    const sealed = await (await process()).seal(tenant, PLACE, TEXT);
    await superuser.query(`update data_key set wrapped = wrapped || '\\x00'`);
    await expect((await process()).open(tenant, PLACE, sealed)).rejects.toThrow(UnsealError);
  });
});
