import { createDataSource, type TenantContext, UnitOfWork } from '@app/database';
import type { DataSource } from 'typeorm';
import { createTestDatabase, type TestDatabase } from '../../../../test/support/test-database';
import { CostReadModel, costStatement, sparedStatement } from './cost.read-model';

const OURS: TenantContext = { tenantId: '11111111-1111-4111-8111-111111111111', actor: { type: 'apiKey', id: 'spec', name: 'spec' } };
const THEIRS: TenantContext = { ...OURS, tenantId: '22222222-2222-4222-8222-222222222222' };
const ROWS = 4_000;

/** Calls every 20 minutes from the beginning of the year in Shanghai, in turn charged, free, unknown, and unknown but settled as charged. */
const FILL = [
  `insert into tenant (id, name) select made, 'tenant ' || made from (select $1::uuid as made) as tenants`,
  `insert into verification (tenant_id, id, provider, origin, bill_code, bill_number, asked_sealed, issue_date, total_amount, bill_hash,
     elements_hash, state, outcome, charge, created_by, created_at, finished_at)
   select $1, lpad(to_hex(n), 32, '0')::uuid, case when n % 2 = 0 then 'netocr' else 'jumdata' end, 'upstream', '99060126',
     lpad(n::text, 10, '0'), '\\x00', '2026-01-01', '1.00', n::text, n::text, 'answered', 'MATCH', 'charged', 'spec', at, at
   from (select n, timestamptz '2025-12-31T16:00:00Z' + n * interval '20 minutes' as at from generate_series(0, ${ROWS - 1}) n) as calls`,
  `insert into verification (tenant_id, id, provider, origin, source_id, bill_code, bill_number, asked_sealed, issue_date, total_amount,
     bill_hash, elements_hash, state, outcome, charge, created_by, created_at, finished_at)
   select tenant_id, lpad(to_hex(${ROWS} + bill_number::int), 32, '0')::uuid, provider, case when bill_number::int % 20 = 0 then 'joined' else 'cache' end,
     id, bill_code, bill_number, asked_sealed, issue_date, total_amount, bill_hash, elements_hash, state, outcome, 'notCharged', created_by, created_at, finished_at
   from verification where tenant_id = $1 and bill_number::int % 10 = 0`,
  `insert into attempt (tenant_id, id, verification_id, number, provider, state, outcome, charge, counted_day, created_at, finished_at)
   select tenant_id, id, id, 1, provider, 'answered', 'MATCH', 'charged', '2026-01-01', created_at, created_at
   from verification where tenant_id = $1 and origin = 'upstream'`,
  `insert into charge (tenant_id, attempt_id, verification_id, provider, outcome, state, price_fen, price_hao, created_at)
   select tenant_id, id, id, provider, 'MATCH', (array['charged', 'notCharged', 'unknown', 'unknown'])[1 + bill_number::int % 4], 36,
     case when bill_number::int < 1000 then null else 3550 end, created_at
   from verification where tenant_id = $1 and origin = 'upstream'`,
  `insert into charge_settlement (tenant_id, attempt_id, verification_id, charge, source, reason, price_hao, settled_by, settled_at)
   select c.tenant_id, c.attempt_id, c.verification_id, 'charged', 'operator', 'spec', 3000, 'spec', now()
   from charge c join verification v on v.tenant_id = c.tenant_id and v.id = c.verification_id
   where c.tenant_id = $1 and v.bill_number::int % 4 = 3`,
];

describe('what calls came to', () => {
  let database: TestDatabase;
  let api: DataSource;
  const costs = new CostReadModel();
  beforeAll(async () => {
    database = await createTestDatabase();
    const owner = await createDataSource({ url: database.superuserUrl, applicationName: 'spec-filler', poolSize: 1 }).initialize();
    for (const { tenantId } of [OURS, THEIRS]) for (const statement of FILL) await owner.query(statement, [tenantId]);
    await owner.query('analyze');
    await owner.destroy();
    api = await createDataSource({ url: database.apiUrl, applicationName: 'spec-api' }).initialize();
  });
  afterAll(async () => {
    await api.destroy();
    await database.drop();
  });

  const sums = (from: string, to: string, by: 'day' | 'month' | 'provider') =>
    new UnitOfWork(api).run(OURS, (tx) => costs.sums(tx, { from, to, by }));

  it('sums a day of Shanghai from its midnight to the next', async () => {
    // 72 calls a day, 18 of each kind; the first thousand were counted at the placeholder of 0.36 yuan.
    expect([...(await sums('2026-01-02', '2026-01-02', 'day'))]).toEqual([
      [
        '2026-01-02',
        {
          ...{ calls: 72, charged: 36, free: 18, unknown: 18, settled: 18, cached: 3, joined: 4 },
          amountHao: 18n * 3_600n + 18n * 3_000n,
          unknownHao: 18n * 3_600n,
          hasPlaceholderPrice: true,
        },
      ],
    ]);
  });

  it('counts fractions of a 分 where the contract has them', async () => {
    const [[, day] = []] = await sums('2026-01-31', '2026-01-31', 'day');
    expect(day).toMatchObject({ amountHao: 18n * 3_550n + 18n * 3_000n, unknownHao: 18n * 3_550n, hasPlaceholderPrice: false });
  });

  it('gives the same whole by day, by month and by provider', async () => {
    const wholes = [];
    for (const by of ['day', 'month', 'provider'] as const) {
      const rows = await sums('2026-01-01', '2026-12-31', by);
      expect([...rows.keys()]).toEqual([...rows.keys()].sort());
      wholes.push([...rows.values()].reduce((sum, { calls, amountHao }) => sum + BigInt(calls) * 10_000_000n + amountHao, 0n));
    }
    expect(new Set(wholes).size).toBe(1);
    expect(wholes[0]! / 10_000_000n).toBeGreaterThanOrEqual(BigInt(ROWS));
    expect([...(await sums('2026-01-01', '2026-12-31', 'provider')).keys()]).toEqual(['jumdata', 'netocr']);
    expect([...(await sums('2026-01-01', '2026-12-31', 'month')).keys()]).toEqual(['2026-01', '2026-02']);
  });

  it.each([
    ['charge_tenant_id_created_at_ix', costStatement],
    ['verification_tenant_id_created_at_spared_ix', sparedStatement],
  ])('finds a day by %s, under row security as well', async (index, statement) => {
    const plan = await new UnitOfWork(api).run(OURS, async ({ manager }) => {
      const day = [OURS.tenantId, '2026-01-10T00:00:00+08:00', '2026-01-11T00:00:00+08:00'];
      const rows: { 'QUERY PLAN': string }[] = await manager.query(`explain ${statement('day')}`, day);
      return rows.map((row) => row['QUERY PLAN']).join('\n');
    });
    expect(plan).toContain(index);
    expect(plan).not.toMatch(/Seq Scan on (charge|verification)\b/);
  });
});
