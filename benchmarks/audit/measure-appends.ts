import { AuditEntry, AuditLog } from '@app/audit';
import { createDataSource, protectTenantTable, type TenantContext, UnitOfWork } from '@app/database';
import type { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';

/** Milliseconds. */
export interface Spread {
  p50: number;
  p95: number;
}

/** What appending costs. */
export interface Appends {
  /** A transaction that writes one row, and the same with an entry of the audit; taken in turn. */
  without: Spread;
  with: Spread;
  /** The entry's statement alone, in these transactions. */
  statement: Spread;
  /** The same statement while every tenant appends at once. */
  parallel: Spread;
  /** Looks at the server during that, and backends that were seen waiting for a lock. */
  looks: number;
  lockWaits: number;
  /** The statement of a tenant while each other tenant holds a transaction open that has appended. */
  besideOpen: Spread;
}

interface Options {
  ownerUrl: string;
  apiUrl: string;
  transactions: number;
  tenants: number;
}

const WARM_UP = 200;
const audit = new AuditLog();
const record = (): Parameters<AuditLog['append']>[1] => ({
  action: 'verification.intend',
  targetType: 'verification',
  targetId: uuidv7(),
  detail: { attempt: 1, provider: 'netocr', elements: 5 },
});

export async function measureAppends({ ownerUrl, apiUrl, transactions, tenants }: Options): Promise<Appends> {
  await makeTable(ownerUrl);
  const api = await createDataSource({ url: apiUrl, applicationName: 'bench', entities: [AuditEntry], poolSize: tenants + 1 }).initialize();
  const contexts = Array.from({ length: tenants }, () => contextOf(uuidv7()));
  const [first] = contexts;
  if (first === undefined) throw new RangeError('no tenants');
  const unitOfWork = new UnitOfWork(api);
  try {
    await inTurn(unitOfWork, first, WARM_UP);
    const alone = await inTurn(unitOfWork, first, transactions);
    const { times, looks, lockWaits } = await allAtOnce(api, ownerUrl, contexts, Math.ceil(transactions / tenants));
    return {
      without: spreadOf(alone.without),
      with: spreadOf(alone.with),
      statement: spreadOf(alone.statement),
      parallel: spreadOf(times),
      looks,
      lockWaits,
      besideOpen: spreadOf(await besideOpen(unitOfWork, contexts, Math.ceil(transactions / 4))),
    };
  } finally {
    await api.destroy();
  }
}

async function makeTable(ownerUrl: string): Promise<void> {
  const owner = await createDataSource({ url: ownerUrl, applicationName: 'bench' }).initialize();
  const runner = owner.createQueryRunner();
  await runner.query(
    'create table bench_row (id uuid not null, tenant_id uuid not null, words text not null, primary key (tenant_id, id))',
  );
  await protectTenantTable(runner, 'bench_row', { api: ['SELECT', 'INSERT'] });
  await runner.release();
  await owner.destroy();
}

async function inTurn(
  unitOfWork: UnitOfWork,
  tenant: TenantContext,
  count: number,
): Promise<Record<'with' | 'without' | 'statement', number[]>> {
  const times = { with: [] as number[], without: [] as number[], statement: [] as number[] };
  for (let index = 0; index < count; index += 1) {
    times.without.push(await timed(() => unitOfWork.run(tenant, ({ manager }) => manager.query(ROW, [uuidv7(), tenant.tenantId]))));
    times.with.push(await timed(() => write(unitOfWork, tenant, times.statement)));
  }
  return times;
}

const ROW = `insert into bench_row (id, tenant_id, words) values ($1, $2, 'what a transaction of the business writes')`;

async function write(unitOfWork: UnitOfWork, tenant: TenantContext, statement: number[]): Promise<void> {
  await unitOfWork.run(tenant, async (tx) => {
    await tx.manager.query(ROW, [uuidv7(), tenant.tenantId]);
    statement.push(await timed(() => audit.append(tx, record())));
  });
}

async function allAtOnce(
  api: DataSource,
  ownerUrl: string,
  tenants: readonly TenantContext[],
  each: number,
): Promise<{ times: number[]; looks: number; lockWaits: number }> {
  const watcher = await createDataSource({ url: ownerUrl, applicationName: 'bench-watch', poolSize: 1 }).initialize();
  const seen = { times: [] as number[], looks: 0, lockWaits: 0 };
  const unitOfWork = new UnitOfWork(api);
  const work = { isDone: false };
  const watching = (async () => {
    while (!work.isDone) {
      const [row] = await watcher.query<{ waits: string }[]>('select count(*) as waits from pg_locks where not granted');
      seen.looks += 1;
      seen.lockWaits += Number(row?.waits ?? 0);
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  })();
  await Promise.all(
    tenants.map(async (tenant) => {
      for (let index = 0; index < each; index += 1) await write(unitOfWork, tenant, seen.times);
    }),
  );
  work.isDone = true;
  await watching;
  await watcher.destroy();
  return seen;
}

/** Every tenant but the first has appended and does not end its transaction. */
async function besideOpen(unitOfWork: UnitOfWork, [first, ...others]: readonly TenantContext[], count: number): Promise<number[]> {
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  const begun: Promise<void>[] = [];
  const held = others.map((tenant) => {
    let begin: () => void = () => undefined;
    begun.push(new Promise<void>((resolve) => (begin = resolve)));
    return unitOfWork.run(tenant, async (tx) => {
      await audit.append(tx, record());
      begin();
      await ended;
    });
  });
  await Promise.all(begun);
  const times: number[] = [];
  if (first !== undefined) for (let index = 0; index < count; index += 1) await write(unitOfWork, first, times);
  end();
  await Promise.all(held);
  return times;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function spreadOf(times: readonly number[]): Spread {
  const sorted = times.toSorted((one, two) => one - two);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  return { p50: at(0.5), p95: at(0.95) };
}

const contextOf = (tenantId: string): TenantContext => ({ tenantId, actor: { type: 'apiKey', id: uuidv7(), name: '影像系统' } });
