import { AnchoringStore, type ForwardingPump, sealingLag } from '@app/audit';
import { JOB_SCHEMA } from '@app/database';
import { gauge } from '@app/observability';
import type { DataSource } from 'typeorm';

interface QueueRow {
  queue: string;
  waiting: number;
  active: number;
  oldest: number | null;
}

/** What the database knows of all workers' work. Each worker tells the same: an alert takes the maximum. */
export function tellOfDatabase(dataSource: DataSource): void {
  tellOfAudit(dataSource);
  tellOfQueues(dataSource);
}

function tellOfAudit(dataSource: DataSource): void {
  gauge(
    { name: 'piaoyan_audit_unsealed_entries', help: 'Entries of the audit that wait for their seal, counted up to 10000' },
    async (one) => one.set((await sealingLag(dataSource)).entries),
  );
  gauge({ name: 'piaoyan_audit_unsealed_oldest_seconds', help: 'How long the oldest of them has been waiting' }, async (one) =>
    one.set((await sealingLag(dataSource)).oldestSeconds ?? 0),
  );
  const anchors = new AnchoringStore(dataSource);
  gauge(
    { name: 'piaoyan_audit_anchor_age_seconds', help: 'Since a place last took anchors of the audit', labels: ['sink'] },
    async (one) => {
      for (const { sink, ageSeconds } of await anchors.states()) if (ageSeconds !== null) one.set({ sink }, ageSeconds);
    },
  );
  gauge(
    { name: 'piaoyan_audit_anchor_failing', help: '1 where a place does not take anchors of the audit', labels: ['sink'] },
    async (one) => {
      for (const { sink, failure } of await anchors.states()) one.set({ sink }, failure === null ? 0 : 1);
    },
  );
}

function tellOfQueues(dataSource: DataSource): void {
  const queues = (): Promise<QueueRow[]> =>
    dataSource.query(
      `select q.name as queue, count(j.id) filter (where j.state in ('created', 'retry'))::int as waiting,
         count(j.id) filter (where j.state = 'active')::int as active,
         extract(epoch from clock_timestamp() - min(j.created_on) filter (where j.state in ('created', 'retry')))::float8 as oldest
       from ${JOB_SCHEMA}.queue q left join ${JOB_SCHEMA}.job j on j.name = q.name and j.state in ('created', 'retry', 'active')
       where q.name not like E'\\\\_\\\\_%' group by q.name`,
    );
  gauge({ name: 'piaoyan_queue_jobs', help: 'Jobs that wait or are being done', labels: ['queue', 'state'] }, async (one) => {
    for (const { queue, waiting, active } of await queues()) {
      one.set({ queue, state: 'waiting' }, waiting);
      one.set({ queue, state: 'active' }, active);
    }
  });
  gauge({ name: 'piaoyan_queue_oldest_seconds', help: 'Age of the oldest job that waits', labels: ['queue'] }, async (one) => {
    for (const { queue, oldest } of await queues()) one.set({ queue }, oldest ?? 0);
  });
}

/** Of the worker that forwards. */
export function tellOfForwarding(pump: ForwardingPump): void {
  gauge({ name: 'piaoyan_audit_siem_behind_seconds', help: 'Since the SIEM had received all entries of the audit' }, (one) =>
    one.set(pump.behindSeconds),
  );
}
