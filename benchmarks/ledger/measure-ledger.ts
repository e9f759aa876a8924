import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { AuditLog } from '@app/audit';
import type { Elements, ProviderFace } from '@app/contracts';
import { createDataSource, type TenantContext, UnitOfWork } from '@app/database';
import { emptyFace } from '@app/providers';
import { createKeyring } from '@app/keyring';
import { BillItems, BillLedger, Bills, BillSearch, BillSecrets, BillStore, BillTerms, BookingStore } from '@app/receipts';
import type { Client } from 'pg';
import type { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { threadCoreMs } from '../thread-core-time';
import type { LedgerResult, SearchTimes } from './ledger-report';
import type { MadeUpTenant } from './made-up-ledger';
import { drawnBills } from './drawn-bills';
import { LEDGER_KEYS } from './ledger-keys';
import { type DrawnBill, SEARCHES } from './searches';

const WRITERS = 8;
const WRITE_MS = 10_000;
const PAGE = 50;

type Measured = Pick<LedgerResult, 'searches' | 'sizes' | 'writes'>;

/** Asks the first tenant's ledger, then writes into it. */
export async function measureLedger(options: {
  owner: Client;
  apiUrl: string;
  workerUrl: string;
  tenants: readonly MadeUpTenant[];
  rounds: number;
}): Promise<Measured> {
  const [first] = options.tenants;
  if (first === undefined) throw new Error('a ledger has a tenant');
  const tenant: TenantContext = { tenantId: first.tenantId, actor: { type: 'apiKey', id: 'bench', name: 'bench' } };
  await options.owner.query(`select set_config('app.tenant', $1, false)`, [first.tenantId]);
  const drawn = await drawnBills(options.owner, first, options.rounds + 1);
  const searches = await timeSearches(options.apiUrl, tenant, drawn);
  return { searches, sizes: await sizes(options.owner), writes: await timeWrites(options.workerUrl, tenant) };
}

async function timeSearches(apiUrl: string, tenant: TenantContext, drawn: readonly DrawnBill[]): Promise<SearchTimes[]> {
  const api = await createDataSource({ url: apiUrl, applicationName: 'bench-api', poolSize: 1 }).initialize();
  try {
    const [backend] = await api.query<{ pid: number }[]>('select pg_backend_pid() as pid');
    const pid = backend?.pid ?? 0;
    const bills = await billsOf(api);
    const times = SEARCHES.map(({ name }): SearchTimes => ({ name, ms: [], coreMs: [], found: 0 }));
    for (const [round, bill] of drawn.entries()) {
      for (const [at, { name, isOwn, question }] of SEARCHES.entries()) {
        const before = { ms: performance.now(), coreMs: coreMsOf(pid) };
        const { items } = await bills.page(tenant, { limit: PAGE, ...question(bill, round) });
        const took = { ms: performance.now() - before.ms, coreMs: coreMsOf(pid) - before.coreMs };
        if (isOwn && !items.some(({ id }) => id === bill.id)) throw new Error(`${name}: bill ${bill.id} was not found`);
        // The first round warms up.
        const kind = times[at];
        if (round === 0 || kind === undefined) continue;
        kind.found += items.length;
        kind.ms.push(took.ms);
        kind.coreMs.push(took.coreMs);
      }
    }
    return times;
  } finally {
    await api.destroy();
  }
}

/** The ledger as the api asks it. */
export async function billsOf(dataSource: DataSource): Promise<Bills> {
  const unitOfWork = new UnitOfWork(dataSource);
  const keyring = await createKeyring({ dataSource, unitOfWork }, LEDGER_KEYS);
  const secrets = new BillSecrets(keyring);
  const search = new BillSearch(new BillTerms(secrets, new BillItems(secrets)), secrets);
  return new Bills(unitOfWork, new BillStore(secrets), search, new BookingStore(), new AuditLog(), keyring);
}

/** What the connection's process and this thread had of a core so far; of the former only Linux tells. */
function coreMsOf(pid: number): number {
  try {
    return Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6 + threadCoreMs();
  } catch {
    return threadCoreMs();
  }
}

async function timeWrites(workerUrl: string, tenant: TenantContext): Promise<LedgerResult['writes']> {
  const worker = await createDataSource({ url: workerUrl, applicationName: 'bench-worker', poolSize: WRITERS }).initialize();
  try {
    const work = new UnitOfWork(worker);
    const secrets = new BillSecrets(await createKeyring({ dataSource: worker, unitOfWork: work }, LEDGER_KEYS));
    const ledger = new BillLedger(new BillStore(secrets), secrets);
    let noted = 0;
    const begin = performance.now();
    const write = async (): Promise<void> => {
      while (performance.now() - begin < WRITE_MS) {
        noted += 1;
        const asked = { verificationId: uuidv7(), receiptId: null, elements: elementsOf(noted) };
        await work.run(tenant, (tx) =>
          ledger.noteVerification(tx, { ...asked, state: 'queued', verdict: 'none', outcome: null, face: null, finishedAt: null }),
        );
        await work.run(tenant, (tx) =>
          ledger.noteVerification(tx, {
            ...asked,
            state: 'answered',
            verdict: 'valid',
            outcome: 'MATCH',
            face: FACE,
            finishedAt: new Date(),
          }),
        );
      }
    };
    await Promise.all(Array.from({ length: WRITERS }, write));
    return { perSecond: (noted * 1_000) / (performance.now() - begin), writers: WRITERS, noted };
  } finally {
    await worker.destroy();
  }
}

function elementsOf(number: number): Elements {
  return {
    billCode: '98060126',
    billNumber: String(number).padStart(10, '0'),
    checkCode: '1e9030',
    issueDate: '2026-10-01',
    totalAmount: '486.20',
  };
}

const ITEM = {
  sequence: null,
  itemCode: null,
  standard: null,
  unit: null,
  quantity: null,
  unitPrice: null,
  amount: null,
  itemRemark: null,
};
const FACE: ProviderFace = {
  ...emptyFace(),
  reversed: false,
  payee: '清州市第一人民医院',
  title: '清东省医疗门诊收费票据（电子）',
  items: ['检查费', '西药费', '化验费'].map((itemName) => ({ ...ITEM, itemName })),
};

async function sizes(owner: Client): Promise<LedgerResult['sizes']> {
  const { rows } = await owner.query<LedgerResult['sizes'][number]>(
    `select relname as table, pg_size_pretty(pg_total_relation_size(oid)) as total, pg_size_pretty(pg_relation_size(oid)) as heap
     from pg_class where relname in ('bill', 'bill_text', 'bill_item', 'bill_term') order by relname`,
  );
  return rows;
}
