import { AnchoringStore, AuditLog } from '@app/audit';
import { JOB_NAMES } from '@app/contracts';
import { createDataSource, UnitOfWork } from '@app/database';
import { METRIC_LABELS, type MetricLabel, metricsRegistry } from '@app/observability';
import type { DataSource } from 'typeorm';
import { createTestDatabase, type TestDatabase } from '../../../../test/support/test-database';
import { tellOfDatabase } from './database-metrics';

describe('what a worker tells of the database', () => {
  let database: TestDatabase;
  let worker: DataSource;
  beforeAll(async () => {
    database = await createTestDatabase();
    worker = await createDataSource({ url: database.workerUrl, applicationName: 'spec' }).initialize();
    tellOfDatabase(worker);
  });
  afterAll(async () => {
    await worker.destroy();
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
    expect(text).toContain('piaoyan_metrics_failures_total 0');
    expect(text).not.toMatch(/某某|11111111/);
    const ours = text.split('\n').filter((line) => line.startsWith('piaoyan_'));
    for (const [, name, value] of ours.flatMap((line) => [...line.matchAll(/[{,]([a-z]+)="([^"]*)"/g)]))
      expect(value).toMatch(METRIC_LABELS[name as MetricLabel]);
  });
});
