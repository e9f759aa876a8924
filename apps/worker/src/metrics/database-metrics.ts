import { AnchoringStore, AuditForwardingStore, sealingLag } from '@app/audit';
import { ProviderChannelState } from '@app/contracts';
import { JOB_SCHEMA, type Tx, UnitOfWork } from '@app/database';
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
  tellOfProviders(dataSource);
  tellOfBatches(dataSource);
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
  tellOfReceipts(queues);
}

/** A receipt that is not read is a job of its queue, and no table of any tenant has to be searched for it. */
function tellOfReceipts(queues: () => Promise<QueueRow[]>): void {
  const reading = async (): Promise<QueueRow | undefined> => (await queues()).find(({ queue }) => queue === 'receipt.read');
  gauge({ name: 'piaoyan_receipts_waiting', help: 'Receipts that wait to be read or are being read' }, async (one) => {
    const { waiting = 0, active = 0 } = (await reading()) ?? {};
    one.set(waiting + active);
  });
  gauge(
    { name: 'piaoyan_receipts_oldest_seconds', help: 'How long the oldest receipt has been waiting that nobody reads yet' },
    async (one) => one.set((await reading())?.oldest ?? 0),
  );
}

/** Facts of the installation, of no tenant. */
function tellOfProviders(dataSource: DataSource): void {
  const options = {
    name: 'piaoyan_provider_state',
    help: '1 for the state that calls to a provider are in',
    labels: ['provider', 'state'],
  } as const;
  gauge(options, async (one) => {
    const channels = await dataSource.query<{ provider: string; state: string }[]>('select provider, state from provider_channel');
    for (const { provider, state } of channels)
      for (const each of ProviderChannelState.options) one.set({ provider, state: each }, each === state ? 1 : 0);
  });
}

/** All tenants' together: how much each has is nobody's business who scrapes. */
function tellOfBatches(dataSource: DataSource): void {
  const unitOfWork = new UnitOfWork(dataSource);
  const actor = { type: 'worker', id: 'metrics', name: 'metrics' } as const;
  gauge({ name: 'piaoyan_batch_rows_waiting', help: 'Rows of running and paused batches that were not asked about yet' }, async (one) => {
    let waiting = 0;
    for (const { id: tenantId } of await dataSource.query<{ id: string }[]>('select audited_tenants() as id'))
      waiting += await unitOfWork.run({ tenantId, actor }, waitingRows);
    one.set(waiting);
  });
}

/** Over the index of each open batch alone. */
async function waitingRows({ manager, tenant }: Tx): Promise<number> {
  const [row] = await manager.query<{ waiting: number }[]>(
    `select count(*)::int as waiting from verification_batch b
     join verification_batch_row r on r.tenant_id = b.tenant_id and r.batch_id = b.id and r.state = 'pending'
     where b.tenant_id = $1 and b.state in ('running', 'paused')`,
    [tenant.tenantId],
  );
  return row?.waiting ?? 0;
}

/** Of the worker that forwards. */
export function tellOfForwarding(dataSource: DataSource): void {
  const store = new AuditForwardingStore(dataSource);
  const unitOfWork = new UnitOfWork(dataSource);
  const actor = { type: 'worker', id: 'metrics', name: 'metrics' } as const;
  gauge(
    { name: 'piaoyan_audit_siem_behind_seconds', help: 'Age of the oldest entry of the audit that the SIEM has not received' },
    async (one) => {
      let oldest = 0;
      for (const tenantId of await store.tenants())
        oldest = Math.max(oldest, await unitOfWork.run({ tenantId, actor }, (tx) => store.behindSeconds(tx)));
      one.set(oldest);
    },
  );
}
