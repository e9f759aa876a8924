import { createDataSource, type TenantContext, UnitOfWork } from '@app/database';
import type { DataSource } from 'typeorm';
import { createTestDatabase, type TestDatabase } from '../../../../test/support/test-database';
import { AuditRetention } from './audit-retention';

const OURS: TenantContext = { tenantId: '11111111-1111-4111-8111-111111111111', actor: { type: 'operator', id: 'spec', name: 'spec' } };
const THEIRS: TenantContext = { ...OURS, tenantId: '22222222-2222-4222-8222-222222222222' };

describe('what of the audit has outlived its time', () => {
  let database: TestDatabase;
  let owner: DataSource;
  let superuser: DataSource;
  beforeAll(async () => {
    database = await createTestDatabase();
    owner = await createDataSource({ url: database.ownerUrl, applicationName: 'spec-owner' }).initialize();
    superuser = await createDataSource({ url: database.superuserUrl, applicationName: 'spec' }).initialize();
    // A minute beyond 184 days, a minute short of it, and one beyond that was never signed.
    for (const [number, age, isSigned] of [
      [1, '184 days 1 minute', true],
      [2, '183 days 23 hours 59 minutes', true],
      [3, '400 days', false],
    ] as const) {
      await superuser.query(
        `insert into audit_segment values ($1, $2, $3, $4, 10, '\\x00', '\\x', '1', clock_timestamp() - $5::interval, 'standard', '\\x00')`,
        [OURS.tenantId, number, number * 10 - 9, number * 10, age],
      );
      if (isSigned) await superuser.query(`insert into audit_signature values ($1, $2, 'key', null, '\\x00')`, [OURS.tenantId, number]);
    }
  });
  afterAll(async () => {
    await Promise.all([owner.destroy(), superuser.destroy()]);
    await database.drop();
  });

  const removable = (days: number, who = OURS) => new UnitOfWork(owner).run(who, (tx) => new AuditRetention().removable(tx, days));

  it('moves with the setting, in whole signed segments of the tenant', async () => {
    expect(await removable(184)).toEqual({ segments: 1, entries: 10, lastSegment: '1' });
    expect(await removable(185)).toEqual({ segments: 0, entries: 0, lastSegment: null });
    expect(await removable(184, THEIRS)).toEqual({ segments: 0, entries: 0, lastSegment: null });
  });
});
