import { AnchoringStore, AuditForwardingStore, AuditLog } from '@app/audit';
import { JOB_NAMES } from '@app/contracts';
import { createDataSource, type TenantContext, UnitOfWork } from '@app/database';
import { METRIC_LABELS, type MetricLabel, metricsRegistry } from '@app/observability';
import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { createTestDatabase, type TestDatabase } from '../../../../test/support/test-database';
import { tellOfDatabase, tellOfForwarding } from './database-metrics';

describe('what a worker tells of the database', () => {
  let database: TestDatabase;
  let worker: DataSource;
  let owner: DataSource;
  beforeAll(async () => {
    database = await createTestDatabase();
    worker = await createDataSource({ url: database.workerUrl, applicationName: 'spec' }).initialize();
    owner = await createDataSource({ url: database.ownerUrl, applicationName: 'spec' }).initialize();
    tellOfDatabase(worker);
    tellOfForwarding(worker);
  });
  afterAll(async () => {
    await worker.destroy();
    await owner.destroy();
    await database.drop();
    metricsRegistry.clear();
  });

  it('is of every queue, of the audit and of its anchors, with no label beside the list', async () => {
    const tenant = { tenantId: '11111111-1111-4111-8111-111111111111', actor: { type: 'worker' as const, id: 'w', name: '某某分行' } };
    await new UnitOfWork(worker).run(tenant, (tx) =>
      new AuditLog().append(tx, { action: 'receipt.read', targetType: 'receipt', targetId: 'r' }),
    );
    await new AnchoringStore(worker).failed('syslog', 'unreachable');
    const text = await metricsRegistry.metrics();
    expect(text).toMatch(/^piaoyan_audit_unsealed_entries 1$/m);
    expect(text).toMatch(/^piaoyan_audit_unsealed_oldest_seconds [0-9.e-]+$/m);
    expect(text).toContain('piaoyan_audit_anchor_failing{sink="syslog"} 1');
    for (const queue of JOB_NAMES) {
      expect(text).toContain(`piaoyan_queue_jobs{queue="${queue}",state="waiting"} 0`);
      expect(text).toContain(`piaoyan_queue_oldest_seconds{queue="${queue}.dead"} 0`);
    }
    expect(text).toMatch(/^piaoyan_receipts_waiting 0$/m);
    expect(text).toMatch(/^piaoyan_receipts_oldest_seconds 0$/m);
    expect(text).toContain('piaoyan_provider_state{provider="netocr",state="closed"} 1');
    expect(text).toContain('piaoyan_provider_state{provider="netocr",state="open"} 0');
    expect(text).toContain('piaoyan_metrics_failures_total 0');
    expect(text).not.toMatch(/某某|11111111|22222222/);
    const ours = text.split('\n').filter((line) => line.startsWith('piaoyan_'));
    for (const [, name, value] of ours.flatMap((line) => [...line.matchAll(/[{,]([a-z]+)="([^"]*)"/g)]))
      expect(value).toMatch(METRIC_LABELS[name as MetricLabel]);
  });

  it('is how old the oldest entry is that the SIEM has not received, and no more once it has', async () => {
    const tenant = await newTenant('甲');
    const [store, unitOfWork] = [new AuditForwardingStore(worker), new UnitOfWork(worker)];
    const write = () =>
      unitOfWork.run(tenant, (tx) => new AuditLog().append(tx, { action: 'receipt.read', targetType: 'receipt', targetId: 'r' }));
    const behind = async (): Promise<number> =>
      Number(/^piaoyan_audit_siem_behind_seconds (\S+)$/m.exec(await metricsRegistry.metrics())?.[1]);
    expect(await behind()).toBe(0);
    await write();
    expect(await behind()).toBeGreaterThan(0);
    await unitOfWork.run(tenant, async (tx) => {
      const at = await store.cursor(tx);
      await store.advance(tx, at, (await store.waiting(tx, at, 10)).at(-1)!, 1);
    });
    expect(await behind()).toBe(0);
  });

  it('is of the rows of open batches of all tenants together', async () => {
    for (const [name, state] of [
      ['乙', 'running'],
      ['丙', 'paused'],
      ['丁', 'done'],
    ] as const) {
      const tenant = await newTenant(name);
      await new UnitOfWork(owner).run(tenant, async ({ manager }) => {
        await manager.query(
          `insert into verification_batch (tenant_id, id, source, request_hash, provider, state, row_count, ok_count, error_count, duplicate_count,
             skipped_count, price_hao, feed_step, created_by, created_by_name, created_at)
           values ($1, $1, 'table', 'h', 'netocr', $2, 2, 2, 0, 0, 0, 0, 0, 'u', 'u', now())`,
          [tenant.tenantId, state],
        );
        for (const [number, rowState] of [
          [1, 'pending'],
          [2, 'skipped'],
        ] as const)
          await manager.query(
            `insert into verification_batch_row (tenant_id, batch_id, number, state, errors, normalised) values ($1, $1, $2, $3, '[]', '[]')`,
            [tenant.tenantId, number, rowState],
          );
      });
    }
    expect(await metricsRegistry.metrics()).toMatch(/^piaoyan_batch_rows_waiting 2$/m);
  });

  async function newTenant(name: string): Promise<TenantContext> {
    const tenant = { tenantId: randomUUID(), actor: { type: 'worker', id: 'w', name: 'w' } } as const;
    await new UnitOfWork(owner).run(tenant, ({ manager }) =>
      manager.query('insert into tenant (id, name, created_at) values ($1, $2, now())', [tenant.tenantId, name]),
    );
    return tenant;
  }
});
