import { createDataSource, DatabaseBusyError, type TenantContext, UnitOfWork } from '@app/database';
import type { DataSource } from 'typeorm';
import { createTestDatabase, type TestDatabase } from '../../../test/support/test-database';
import { AuditEntry } from './audit-entry.entity';
import { AUDIT_ACTIONS } from './audit-action';
import { AuditLog } from './audit-log';

const OURS: TenantContext = {
  tenantId: '11111111-1111-4111-8111-111111111111',
  actor: { type: 'apiKey', id: 'key-1', name: 'branch 12' },
};
const THEIRS: TenantContext = { ...OURS, tenantId: '22222222-2222-4222-8222-222222222222' };
const VIEW = { action: 'receipt.image.view', targetType: 'receipt', targetId: 'r-1' } as const;

describe('AuditLog', () => {
  const audit = new AuditLog();
  let database: TestDatabase;
  let api: DataSource;
  let superuser: DataSource;
  beforeAll(async () => {
    database = await createTestDatabase();
    api = await createDataSource({ url: database.apiUrl, applicationName: 'spec', entities: [AuditEntry] }).initialize();
    superuser = await createDataSource({ url: database.superuserUrl, applicationName: 'spec-superuser' }).initialize();
  });
  afterAll(async () => {
    await api.destroy();
    await superuser.destroy();
    await database.drop();
  });

  const entriesOf = (tenant: TenantContext) =>
    new UnitOfWork(api).run(tenant, ({ manager }) => manager.find(AuditEntry, { order: { id: 'ASC' } }));

  it('has one meaning for each name of an act', () => {
    expect(AUDIT_ACTIONS.filter((name, at) => AUDIT_ACTIONS.indexOf(name) !== at)).toEqual([]);
  });

  it('records who did what to what, when, and in which transaction', async () => {
    await new UnitOfWork(api).run(OURS, (tx) => audit.append(tx, { ...VIEW, detail: { page: 2, isPreview: true, reason: null } }));
    const [entry] = await entriesOf(OURS);
    expect(entry).toMatchObject({
      action: 'receipt.image.view',
      actorType: 'apiKey',
      actorId: 'key-1',
      actorName: 'branch 12',
      targetType: 'receipt',
      targetId: 'r-1',
      detail: { page: 2, isPreview: true, reason: null },
    });
    expect(Math.abs(Date.now() - entry!.recordedAt.getTime())).toBeLessThan(60_000);
    expect(await superuser.query('select transaction_id::text ~ $1 as numbered from audit_entry', ['^\\d+$'])).toEqual([
      { numbered: true },
    ]);
  });

  it('keeps the entry out when the transaction fails, and the tenants apart', async () => {
    const before = (await entriesOf(OURS)).length;
    const failing = new UnitOfWork(api).run(OURS, async (tx) => {
      await audit.append(tx, VIEW);
      throw new RangeError('no');
    });
    await expect(failing).rejects.toThrow(RangeError);
    expect(await entriesOf(OURS)).toHaveLength(before);
    expect(await entriesOf(THEIRS)).toEqual([]);
  });

  it.each(["update audit_entry set action = 'x'", 'delete from audit_entry', 'truncate audit_entry'])(
    'is not open to the processes: %s',
    async (change) => {
      await expect(new UnitOfWork(api).run(OURS, ({ manager }) => manager.query(change))).rejects.toThrow('permission denied');
    },
  );

  it.each(["update audit_entry set action = 'x'", 'delete from audit_entry', 'truncate audit_entry'])(
    'cannot be changed even by owner or superuser: %s',
    async (change) => {
      const owner = await createDataSource({ url: database.ownerUrl, applicationName: 'spec-owner' }).initialize();
      await expect(owner.query(change)).rejects.toThrow('audit entries are never changed or removed');
      await owner.destroy();
      await expect(superuser.query(change)).rejects.toThrow('audit entries are never changed or removed');
    },
  );

  it('fails the whole piece of work in time when it is blocked', async () => {
    const holder = superuser.createQueryRunner();
    await holder.startTransaction();
    await holder.query('lock table audit_entry in exclusive mode');
    const work = new UnitOfWork(api, { lockTimeoutMs: 100, statementTimeoutMs: 5_000 });
    await expect(work.run(OURS, (tx) => audit.append(tx, VIEW))).rejects.toThrow(DatabaseBusyError);
    await holder.rollbackTransaction();
    await holder.release();
  });
});
