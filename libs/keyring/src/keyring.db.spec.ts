import { AuditEntry, AuditLog } from '@app/audit';
import { ConfiguredMasterKeys, SUITES, UnsealError } from '@app/crypto';
import { type Actor, createDataSource, type TenantContext, type Tx, UnitOfWork } from '@app/database';
import type { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { createTestDatabase, type TestDatabase } from '../../../test/support/test-database';
import { createKeyring, type KeyringOptions } from './create-keyring';
import type { DataClass } from './data-class';
import { KEY_LIFETIME_MS, KeyCache } from './key-cache';
import { KeyInUseError } from './key-in-use.error';
import { Keyring, type SealPlace } from './keyring';
import { type KeyringAdmin, NoKeysError } from './keyring-admin';
import { MasterKeyMissingError } from './master-key-missing.error';
import { withKeyringAdmin } from './with-keyring-admin';

const [OLD, NEW] = ['a'.repeat(64), 'b'.repeat(64)] as const;
const OPERATOR: Actor = { type: 'operator', id: 'root', name: 'root' };
const PLACE: SealPlace = { dataClass: 'detail', purpose: 'provider_reply.body', rowId: 'r1' };
const TEXT = Buffer.from('查验成功发票一致');

describe('Keyring', () => {
  let database: TestDatabase;
  let superuser: DataSource;
  let api: DataSource;
  let worker: DataSource;
  let clock = 0;
  let ours: TenantContext;
  let theirs: TenantContext;
  beforeAll(async () => {
    database = await createTestDatabase();
    superuser = await createDataSource({ url: database.superuserUrl, applicationName: 'spec-superuser' }).initialize();
    api = await createDataSource({ url: database.apiUrl, applicationName: 'spec-api', entities: [AuditEntry] }).initialize();
    worker = await createDataSource({ url: database.workerUrl, applicationName: 'spec-worker', entities: [AuditEntry] }).initialize();
  });
  afterAll(async () => {
    await Promise.all([superuser.destroy(), api.destroy(), worker.destroy()]);
    await database.drop();
  });
  beforeEach(async () => {
    await superuser.query('truncate data_key');
    [ours, theirs] = [await newTenant(), await newTenant()];
  });

  async function newTenant(): Promise<TenantContext> {
    const tenantId = uuidv7();
    await superuser.query('insert into tenant (id, name) values ($1::uuid, $1::text)', [tenantId]);
    return { tenantId, actor: { type: 'worker', id: 'job', name: 'spec' } };
  }

  /** A process of its own: another cache, another pool. */
  const process = (dataSource: DataSource, { masterKey = OLD, suite = 'standard' }: Partial<KeyringOptions> = {}): Keyring =>
    new Keyring({
      unitOfWork: new UnitOfWork(dataSource),
      audit: new AuditLog(),
      masterKeys: new ConfiguredMasterKeys(masterKey),
      suite: SUITES[suite],
      cache: new KeyCache(KEY_LIFETIME_MS, () => clock),
    });
  const asOperator = <T>(work: (admin: KeyringAdmin) => Promise<T>, masterKey: string = OLD): Promise<T> =>
    withKeyringAdmin({ ownerUrl: database.ownerUrl, applicationName: 'spec-command', masterKey, suite: 'standard' }, work);
  const within = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => new UnitOfWork(api).run(ours, work);
  const start = (dataSource: DataSource, masterKey: string) =>
    createKeyring({ dataSource, unitOfWork: new UnitOfWork(dataSource) }, { masterKey, suite: 'standard' });
  const actions = async ({ tenantId }: TenantContext): Promise<string[]> =>
    (
      await superuser.query<{ text: string }[]>(
        `select action || ' ' || target_id as text from audit_entry where tenant_id = $1 and target_type = 'dataKey' order by id`,
        [tenantId],
      )
    ).map(({ text }) => text);
  const states = async ({ tenantId }: TenantContext): Promise<string[]> =>
    (
      await superuser.query<{ text: string }[]>(
        `select data_class || '/' || generation || ' ' || suite || ' ' || state as text from data_key where tenant_id = $1 order by 1`,
        [tenantId],
      )
    ).map(({ text }) => text);

  it('opens in one process what another one sealed, for its tenant, class, purpose and row only', async () => {
    const sealed = await process(api).seal(ours, PLACE, TEXT);
    const opening = process(worker);
    expect(await opening.open(ours, PLACE, sealed)).toEqual(TEXT);
    await opening.seal(theirs, PLACE, TEXT);
    await opening.seal(ours, { ...PLACE, dataClass: 'secret' }, TEXT);
    await expect(opening.open(theirs, PLACE, sealed)).rejects.toThrow(UnsealError);
    for (const change of [{ dataClass: 'secret' as const }, { purpose: 'other' }, { rowId: 'r2' }]) {
      await expect(opening.open(ours, { ...PLACE, ...change }, sealed)).rejects.toThrow(UnsealError);
    }
    await expect(opening.open(ours, PLACE, Buffer.alloc(0))).rejects.toThrow(UnsealError);
  });

  it('makes one first key when two processes race for it, on record once', async () => {
    const sealed = await Promise.all([api, worker].flatMap((one) => [1, 2, 3].map(() => process(one).seal(ours, PLACE, TEXT))));
    for (const one of sealed) expect(await process(api).open(ours, PLACE, one)).toEqual(TEXT);
    expect(await states(ours)).toEqual(['detail/1 standard active']);
    expect(await actions(ours)).toEqual(['dataKey.create detail/1']);
  });

  it('keeps no key for others whose making was rolled back', async () => {
    const keyring = process(api);
    const failing = within(async (tx) => {
      expect(await keyring.open(tx, PLACE, await keyring.seal(tx, PLACE, TEXT))).toEqual(TEXT);
      throw new RangeError('no');
    });
    await expect(failing).rejects.toThrow(RangeError);
    expect(await states(ours)).toEqual([]);
    const sealed = await keyring.seal(ours, PLACE, TEXT);
    expect(await process(worker).open(ours, PLACE, sealed)).toEqual(TEXT);
  });

  it('asks the database for a key it has used only once its time is over', async () => {
    const keyring = process(api);
    const sealed = await keyring.seal(ours, PLACE, TEXT);
    await keyring.open(ours, PLACE, sealed);
    await superuser.query('truncate data_key');
    expect(await keyring.open(ours, PLACE, sealed)).toEqual(TEXT);
    clock += KEY_LIFETIME_MS;
    await expect(keyring.open(ours, PLACE, sealed)).rejects.toThrow('not known here');
  });

  it('seals under a new generation after a rotation, and opens what the old one sealed', async () => {
    const keyring = process(api);
    const before = await keyring.seal(ours, PLACE, TEXT);
    await keyring.seal(ours, { ...PLACE, dataClass: 'secret' }, TEXT);
    await asOperator((admin) => admin.rotate(OPERATOR, 'detail'));
    clock += KEY_LIFETIME_MS;
    const after = await keyring.seal(ours, PLACE, TEXT);
    expect([before.readUInt32BE(1), after.readUInt32BE(1)]).toEqual([1, 2]);
    for (const sealed of [before, after]) expect(await keyring.open(ours, PLACE, sealed)).toEqual(TEXT);
    expect(await states(ours)).toEqual(['detail/1 standard retired', 'detail/2 standard active', 'secret/1 standard active']);
    expect((await actions(ours)).slice(2)).toEqual(['dataKey.retire detail/1', 'dataKey.create detail/2']);
    expect(await states(theirs)).toEqual([]);
    await expect(asOperator((admin) => admin.rotate(OPERATOR, 'detail', theirs.tenantId))).rejects.toThrow(NoKeysError);
  });

  it('opens what either suite sealed, whichever it seals with', async () => {
    const sealed = {
      standard: await process(api).seal(ours, PLACE, TEXT),
      sm: await process(api, { suite: 'sm' }).seal(ours, PLACE, TEXT),
    };
    expect([sealed.standard[0], sealed.sm[0]]).toEqual([SUITES.standard.id, SUITES.sm.id]);
    for (const suite of ['standard', 'sm'] as const) {
      expect(await process(worker, { suite }).open(ours, PLACE, sealed.standard)).toEqual(TEXT);
      expect(await process(worker, { suite }).open(ours, PLACE, sealed.sm)).toEqual(TEXT);
    }
    expect(await states(ours)).toEqual(['detail/1 standard active', 'detail/2 sm active']);
  });

  it('finds a value again by its hash, for one tenant and field, after a change of suite and a restart', async () => {
    const first = await process(api).searchHash(ours, 'payer', '张三');
    expect(first).toHaveLength(32);
    expect(await process(worker, { suite: 'sm' }).searchHash(ours, 'payer', '张三')).toEqual(first);
    const others = [
      await process(api).searchHash(theirs, 'payer', '张三'),
      await process(api).searchHash(ours, 'payee', '张三'),
      await process(api).searchHash(ours, 'payer', '张三丰'),
    ];
    for (const other of others) expect(other).not.toEqual(first);
  });

  describe('changing the master key', () => {
    it('goes on without a stop: the new one before the old one, rewrap, the old one away', async () => {
      const sealed = await process(api).seal(ours, PLACE, TEXT);
      const both = `${NEW}\n${OLD}`;
      await start(api, both);
      const rewrapped = await asOperator((admin) => admin.rewrap(OPERATOR), both);
      expect(rewrapped.map(({ tenantId, keys }) => [tenantId, keys.map(({ generation }) => generation)])).toEqual([[ours.tenantId, [1]]]);
      expect(await asOperator((admin) => admin.rewrap(OPERATOR), both)).toEqual([]);
      expect(await process(worker, { masterKey: NEW }).open(ours, PLACE, sealed)).toEqual(TEXT);
      await start(worker, NEW);
      expect(await actions(ours)).toEqual(['dataKey.create detail/1', 'dataKey.rewrap detail/1']);
    });

    it.each(['api', 'worker'] as const)(
      'keeps the %s from starting with a wrong key, and says by fingerprint which one it needs',
      async (role) => {
        await process(api).seal(ours, PLACE, TEXT);
        const [needed, given] = [OLD, NEW].map((key) => new ConfiguredMasterKeys(key).fingerprints[0]);
        const error: unknown = await start(role === 'api' ? api : worker, NEW).catch((caught: unknown) => caught);
        expect(error).toBeInstanceOf(MasterKeyMissingError);
        const { message } = error as Error;
        expect(message).toContain(`${needed} (wraps 1 data keys) is needed and not configured; configured: ${given}`);
        expect(message).not.toMatch(/a{17}|b{17}/);
        await start(api, `${NEW} ${OLD}`);
      },
    );

    it('leaves a key as it was when the master key that wraps it is not there', async () => {
      const sealed = await process(api).seal(ours, PLACE, TEXT);
      await expect(asOperator((admin) => admin.rewrap(OPERATOR), NEW)).rejects.toThrow('master key');
      expect(await process(worker).open(ours, PLACE, sealed)).toEqual(TEXT);
    });
  });

  describe('destroying keys', () => {
    const destroyed = { reason: 'destroyedKey' };

    it('makes everything sealed under them unopenable for ever, in other processes when their time is over', async () => {
      const [keyring, other] = [process(api), process(worker)];
      const sealed = await keyring.seal(ours, PLACE, TEXT);
      const kept = await keyring.seal(ours, { ...PLACE, dataClass: 'secret' }, TEXT);
      const foreign = await keyring.seal(theirs, PLACE, TEXT);
      await other.open(ours, PLACE, sealed);
      await within((tx) => keyring.destroy(tx, 'detail', 'all'));
      await expect(keyring.open(ours, PLACE, sealed)).rejects.toMatchObject(destroyed);
      clock += KEY_LIFETIME_MS;
      await expect(other.open(ours, PLACE, sealed)).rejects.toMatchObject(destroyed);
      expect(await other.open(ours, { ...PLACE, dataClass: 'secret' }, kept)).toEqual(TEXT);
      expect(await other.open(theirs, PLACE, foreign)).toEqual(TEXT);
      expect((await actions(ours)).at(-1)).toBe('dataKey.destroy detail/1');
      expect(await superuser.query(`select wrapped, master_key from data_key where state = 'destroyed'`)).toEqual([
        { wrapped: null, master_key: null },
      ]);
      // What is sealed from now on is under a key that never was the old one.
      expect(await other.open(ours, PLACE, await other.seal(ours, PLACE, TEXT))).toEqual(TEXT);
      expect(await states(ours)).toEqual(['detail/1 standard destroyed', 'detail/2 standard active', 'secret/1 standard active']);
    });

    it('spares a single generation that may still be in use, and takes it later', async () => {
      const keyring = process(api);
      const sealed = await keyring.seal(ours, PLACE, TEXT);
      await expect(within((tx) => keyring.destroy(tx, 'detail', 1))).rejects.toThrow(KeyInUseError);
      await asOperator((admin) => admin.rotate(OPERATOR, 'detail', ours.tenantId));
      await expect(within((tx) => keyring.destroy(tx, 'detail', 1))).rejects.toThrow(KeyInUseError);
      expect(await keyring.open(ours, PLACE, sealed)).toEqual(TEXT);
      await superuser.query(`update data_key set retired_at = now() - interval '1 hour' where generation = 1`);
      await within((tx) => keyring.destroy(tx, 'detail', 1));
      await expect(keyring.open(ours, PLACE, sealed)).rejects.toMatchObject(destroyed);
      expect(await states(ours)).toEqual(['detail/1 standard destroyed', 'detail/2 standard active']);
    });

    it('is undone when the transaction is', async () => {
      const keyring = process(api);
      const sealed = await keyring.seal(ours, PLACE, TEXT);
      const failing = within(async (tx) => {
        await keyring.destroy(tx, 'detail', 'all');
        throw new RangeError('no');
      });
      await expect(failing).rejects.toThrow(RangeError);
      expect(await keyring.open(ours, PLACE, sealed)).toEqual(TEXT);
    });

    it('cannot be reversed by a process: the key is gone, the row stays', async () => {
      const keyring = process(api);
      await keyring.seal(ours, PLACE, TEXT);
      await within((tx) => keyring.destroy(tx, 'detail', 'all'));
      await expect(within(({ manager }) => manager.query('delete from data_key'))).rejects.toThrow('permission denied');
      await expect(within(({ manager }) => manager.query(`update data_key set state = 'retired'`))).rejects.toThrow(
        'data_key_destroyed_ck',
      );
    });
  });

  describe('streams', () => {
    const place: SealPlace = { dataClass: 'original', purpose: 'receipt.original', rowId: 'r1' };
    // eslint-disable-next-line @typescript-eslint/require-await -- a stream that is all there
    async function* pieces(bytes: Buffer, closed?: () => void): AsyncGenerator<Buffer> {
      try {
        for (let at = 0; at < bytes.length; at += 10_007) yield bytes.subarray(at, at + 10_007);
      } finally {
        closed?.();
      }
    }
    const all = async (stream: AsyncIterable<Uint8Array>): Promise<Buffer> => {
      const parts: Uint8Array[] = [];
      for await (const part of stream) parts.push(part);
      return Buffer.concat(parts);
    };
    const image = Buffer.alloc(300_000, 'image');

    it.each(['standard', 'sm'] as const)('come back whole, from another process, in suite %s', async (suite) => {
      const sealed = await all(await process(api, { suite }).sealStream(ours, place, pieces(image)));
      expect(sealed.includes('imageimage')).toBe(false);
      expect((await all(await process(worker).openStream(ours, place, pieces(sealed)))).equals(image)).toBe(true);
    });

    it('are refused before the first byte where they do not belong, and close what they read', async () => {
      const sealed = await all(await process(api).sealStream(ours, place, pieces(image)));
      const closed = jest.fn();
      await expect(process(api).openStream(ours, { ...place, rowId: 'r2' }, pieces(sealed, closed))).rejects.toThrow(UnsealError);
      await expect(process(api).openStream(theirs, place, pieces(sealed, closed))).rejects.toThrow(UnsealError);
      const opened = await process(api).openStream(ours, place, pieces(sealed, closed));
      await opened.return?.();
      expect(closed).toHaveBeenCalledTimes(3);
    });
  });

  it('keeps the key rows of tenants apart', async () => {
    await process(api).seal(theirs, PLACE, TEXT);
    expect(await within(({ manager }) => manager.query('select * from data_key'))).toEqual([]);
  });

  it('shows an operator whose keys there are, without a key', async () => {
    for (const dataClass of ['secret', 'detail'] satisfies DataClass[]) await process(api).seal(ours, { ...PLACE, dataClass }, TEXT);
    const [status, ...others] = await asOperator((admin) => admin.status(OPERATOR));
    expect(others).toEqual([]);
    expect(status).toMatchObject({
      tenantId: ours.tenantId,
      keys: [
        { keyClass: 'detail', generation: 1, state: 'active', suite: 'standard' },
        { keyClass: 'secret', generation: 1, state: 'active' },
      ],
    });
  });
});
