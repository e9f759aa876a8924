import { AuditEntry, AuditLog } from '@app/audit';
import { ConfiguredMasterKeys, SUITES, type SuiteName } from '@app/crypto';
import { type Actor, createDataSource, type TenantContext, UnitOfWork } from '@app/database';
import type { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { createTestDatabase, type TestDatabase } from '../../../../test/support/test-database';
import { KEY_LIFETIME_MS, KeyCache } from '../key-cache';
import { KeyInUseError } from '../key-in-use.error';
import { Keyring, type SealPlace } from '../keyring';
import type { KeyringAdmin, TenantResealing } from '../keyring-admin';
import { type PlacedColumn, textOf } from '../sealed-column';
import { withKeyringAdmin } from '../with-keyring-admin';
import { GenerationSealsError, NoGenerationError } from './generation.error';

const MASTER_KEY = 'a'.repeat(64);
const OPERATOR: Actor = { type: 'operator', id: 'root', name: 'root' };
const placeOf = (rowId: string): SealPlace => ({ dataClass: 'secret', purpose: 'spec.secret', rowId });
const COLUMN: PlacedColumn = { name: 'client_credential.secret_sealed', place: (row) => placeOf(textOf(row, 'id')) };

describe('sealing anew', () => {
  let database: TestDatabase;
  let superuser: DataSource;
  let api: DataSource;
  const clock = 0;
  let ours: TenantContext;
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
    await superuser.query('truncate data_key, client_credential');
    const tenantId = uuidv7();
    await superuser.query('insert into tenant (id, name) values ($1::uuid, $1::text)', [tenantId]);
    ours = { tenantId, actor: { type: 'worker', id: 'job', name: 'spec' } };
  });

  const process = (suite: SuiteName = 'standard'): Keyring =>
    new Keyring({
      unitOfWork: new UnitOfWork(api),
      audit: new AuditLog(),
      masterKeys: new ConfiguredMasterKeys(MASTER_KEY),
      suite: SUITES[suite],
      cache: new KeyCache(KEY_LIFETIME_MS, () => clock),
    });
  const asOperator = <T>(work: (admin: KeyringAdmin) => Promise<T>, suite: SuiteName = 'standard'): Promise<T> =>
    withKeyringAdmin(
      { ownerUrl: database.ownerUrl, applicationName: 'spec-command', masterKey: MASTER_KEY, suite, columns: [COLUMN] },
      work,
    );
  const reseal = (
    options: { suite?: SuiteName; batchRows?: number; onBatch?: () => void; tenantName?: string } = {},
  ): Promise<TenantResealing[]> =>
    asOperator(
      (admin) =>
        admin.reseal(
          OPERATOR,
          { classes: ['original', 'detail', 'personal', 'secret'], tenantName: options.tenantName },
          { batchRows: options.batchRows ?? 3, ...(options.onBatch && { onBatch: options.onBatch }) },
        ),
      options.suite,
    );
  /** Rows whose text is their number, sealed by a process as it would. */
  const keep = async (keyring: Keyring, ...texts: string[]): Promise<string[]> => {
    const ids: string[] = [];
    for (const text of texts) {
      const id = uuidv7();
      const sealed = await keyring.seal(ours, placeOf(id), Buffer.from(text));
      await superuser.query(
        `insert into client_credential (id, tenant_id, dialect, name, public_id, secret_sealed, scopes, allowed_networks)
         values ($1, $2, 'jumdata', $1::uuid::text, $1::uuid::text, $3, '{}', '{}')`,
        [id, ours.tenantId, sealed],
      );
      ids.push(id);
    }
    return ids;
  };
  const rows = () =>
    superuser.query<{ id: string; sealed: Buffer }[]>('select id, secret_sealed as sealed from client_credential order by id');
  const texts = async (keyring: Keyring): Promise<string[]> => {
    const opened: string[] = [];
    for (const { id, sealed } of await rows()) opened.push((await keyring.open(ours, placeOf(id), sealed)).toString());
    return opened.sort();
  };
  const heads = async (): Promise<string[]> => [
    ...new Set((await rows()).map(({ sealed }) => `${sealed[0] === SUITES.sm.id ? 'sm' : 'standard'}/${sealed.readUInt32BE(1)}`)),
  ];
  const retireLongAgo = () => superuser.query(`update data_key set retired_at = now() - interval '1 hour' where state = 'retired'`);
  const rotate = (suite: SuiteName = 'standard') => asOperator((admin) => admin.rotate(OPERATOR, 'secret'), suite);
  const numbers = Array.from({ length: 10 }, (_, at) => `text ${at}`);

  it('moves every value to the current generation in small transactions, each on record, and opens them everywhere', async () => {
    await keep(process(), ...numbers);
    await rotate();
    const onBatch = jest.fn();
    const [done] = await reseal({ onBatch });
    expect(done?.columns).toEqual([{ column: COLUMN.name, moved: 10, unopened: 0, left: 0 }]);
    expect(onBatch).toHaveBeenCalledTimes(4);
    expect(await heads()).toEqual(['standard/2']);
    expect(await texts(process('sm'))).toEqual(numbers);
    const entries = await superuser.query<{ target: string; rows: number }[]>(
      `select target_id as target, (detail->>'rows')::int as rows from audit_entry where tenant_id = $1 and action = 'dataKey.reseal' order by id`,
      [ours.tenantId],
    );
    expect(entries).toEqual([3, 3, 3, 1].map((count) => ({ target: 'secret/2', rows: count })));
    expect(await reseal()).toEqual([{ tenantId: ours.tenantId, tenantName: ours.tenantId, columns: [] }]);
  });

  it('moves values to the other suite', async () => {
    await keep(process(), ...numbers);
    await rotate('sm');
    await reseal({ suite: 'sm' });
    expect(await heads()).toEqual(['sm/2']);
    expect(await texts(process())).toEqual(numbers);
  });

  it('goes on where it was broken off, at whatever batch', async () => {
    await keep(process(), ...numbers);
    await rotate();
    for (const batches of [1, 2]) {
      let seen = 0;
      const dying = reseal({
        onBatch: () => {
          seen += 1;
          if (seen === batches) throw new RangeError('killed');
        },
      });
      await expect(dying).rejects.toThrow('killed');
      expect(await texts(process())).toEqual(numbers);
      expect((await heads()).sort()).toEqual(['standard/1', 'standard/2']);
    }
    const [done] = await reseal();
    // Three by the first, six by the second.
    expect(done?.columns).toEqual([{ column: COLUMN.name, moved: 1, unopened: 0, left: 0 }]);
    expect(await heads()).toEqual(['standard/2']);
  });

  it('finds what a process seals under the old key meanwhile, and does not wait for rows that others hold', async () => {
    const old = process();
    const [first] = await keep(old, ...numbers);
    await rotate();
    const holding = superuser.createQueryRunner();
    await holding.startTransaction();
    await holding.query('select 1 from client_credential where id = $1 for update', [first]);
    let written: Promise<unknown> | undefined;
    const [done] = await reseal({ onBatch: () => void (written ??= keep(old, 'late')) });
    await written;
    expect(done?.columns[0]?.left).toBe(1);
    await holding.rollbackTransaction();
    await holding.release();
    const moved = (done?.columns[0]?.moved ?? 0) + ((await reseal())[0]?.columns[0]?.moved ?? 0);
    expect(moved).toBe(11);
    expect(await heads()).toEqual(['standard/2']);
    expect(await texts(old)).toEqual(['late', ...numbers].sort());
  });

  it('leaves what does not open as it is, says so, and touches no other tenant', async () => {
    const [spoilt] = await keep(process(), ...numbers);
    await superuser.query(`update client_credential set secret_sealed = secret_sealed || '\\x00' where id = $1`, [spoilt]);
    await rotate();
    const [done] = await reseal();
    expect(done?.columns).toEqual([{ column: COLUMN.name, moved: 9, unopened: 1, left: 1 }]);
    await retireLongAgo();
    await expect(asOperator((admin) => admin.destroyGeneration(OPERATOR, ours.tenantId, 'secret', 1))).rejects.toThrow(
      GenerationSealsError,
    );
    const mine = await rows();
    const other = uuidv7();
    await superuser.query('insert into tenant (id, name) values ($1::uuid, $1::text)', [other]);
    await process().seal({ ...ours, tenantId: other }, placeOf('x'), Buffer.from('x'));
    await rotate();
    await reseal({ tenantName: other });
    expect(await rows()).toEqual(mine);
  });

  it('lets a generation be destroyed once it seals nothing, and not before', async () => {
    await keep(process(), ...numbers);
    const destroy = (generation: number) => asOperator((admin) => admin.destroyGeneration(OPERATOR, ours.tenantId, 'secret', generation));
    await expect(destroy(1)).rejects.toThrow(KeyInUseError);
    await rotate();
    await expect(destroy(1)).rejects.toThrow(GenerationSealsError);
    await reseal();
    // A process may still seal with the key that it knows.
    await expect(destroy(1)).rejects.toThrow(KeyInUseError);
    await retireLongAgo();
    const [late] = await keep(process(), 'late');
    await superuser.query(
      `update client_credential set secret_sealed = overlay(secret_sealed placing '\\x00000001' from 2) where id = $1`,
      [late],
    );
    await expect(destroy(1)).rejects.toThrow(`secret/1 still seals values of ${COLUMN.name}`);
    await superuser.query('delete from client_credential where id = $1', [late]);
    await destroy(1);
    await expect(destroy(1)).rejects.toThrow(NoGenerationError);
    await expect(destroy(7)).rejects.toThrow(NoGenerationError);
    expect(await texts(process())).toEqual(numbers);
    expect(await superuser.query(`select generation, state from data_key where tenant_id = $1 order by 1`, [ours.tenantId])).toEqual([
      { generation: 1, state: 'destroyed' },
      { generation: 2, state: 'active' },
    ]);
  });
});
