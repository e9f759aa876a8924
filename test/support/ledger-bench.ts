import { AuditEntry } from '@app/audit';
import type { BillReading, ElementsRead, FieldName } from '@app/contracts';
import { createDataSource, type TenantContext, UnitOfWork } from '@app/database';
import {
  BillExports,
  BillItems,
  BillLedger,
  Bills,
  BillSecrets,
  BillSearch,
  BillStore,
  BillTerms,
  Bookings,
  BookingStore,
  Receipt,
  ReceiptStore,
} from '@app/receipts';
import { createKeyring } from '@app/keyring';
import { Client } from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { madeUpReading } from './made-up-reading';
import { Quotas, QuotaStore } from '@app/tenancy';
import { createTestDatabase } from './test-database';
import { TEST_KEYS } from './test-keys';
import { RefusingAuditLog } from './verification-bench';

/** What a made-up document shows, and who uploaded it. */
export interface MadeUpReceipt {
  decision?: 'auto' | 'review';
  fields?: Partial<Record<FieldName, string>>;
  kind?: BillReading['kind'];
  items?: string[];
  fileName?: string;
  sha256?: string;
}

/** The ledger on a database of its own with two tenants: notes are written as the worker, all else is asked as the api. */
export interface LedgerBench {
  tenants: readonly [TenantContext, TenantContext];
  worker: UnitOfWork;
  api: UnitOfWork;
  ledger: BillLedger;
  search: BillSearch;
  bills: Bills;
  bookings: Bookings;
  exports: BillExports;
  audit: RefusingAuditLog;
  /** A stored receipt that was read, which the ledger has not heard of. */
  receipt(tenant: TenantContext, elements: readonly ElementsRead[], made?: MadeUpReceipt): Promise<Receipt>;
  /** A receipt, told to the ledger. */
  read(tenant: TenantContext, elements: ElementsRead, made?: MadeUpReceipt): Promise<Receipt>;
  /** Runs SQL as the superuser: what is really there, whoever may see it. */
  rows<R extends object>(sql: string, params?: unknown[]): Promise<R[]>;
  close(): Promise<void>;
}

export async function createLedgerBench(): Promise<LedgerBench> {
  const database = await createTestDatabase();
  const observer = new Client({ connectionString: database.superuserUrl });
  await observer.connect();
  const sources = await Promise.all(
    [database.workerUrl, database.apiUrl].map((url) =>
      createDataSource({ url, applicationName: 'ledger', entities: [AuditEntry, Receipt] }).initialize(),
    ),
  );
  const [worker, api] = sources.map((source) => new UnitOfWork(source));
  const audit = new RefusingAuditLog();
  const keyring = await createKeyring({ dataSource: sources[1]!, unitOfWork: api! }, TEST_KEYS);
  const secrets = new BillSecrets(keyring);
  const store = new BillStore(secrets);
  const search = new BillSearch(new BillTerms(secrets, new BillItems(secrets)), secrets);
  const ledger = new BillLedger(store, secrets);
  const receipts = new ReceiptStore(keyring);
  const receipt: LedgerBench['receipt'] = async (tenant, elements, made = {}) => {
    const row = madeUpReceipt(tenant, elements, made);
    await api!.run(tenant, (tx) => receipts.insert(tx, row));
    return row;
  };
  return {
    tenants: [await newTenant(observer, 'first'), await newTenant(observer, 'second')],
    worker: worker!,
    api: api!,
    ...{ ledger, search, audit, receipt },
    bills: new Bills(api!, store, search, new BookingStore(), audit, keyring),
    bookings: new Bookings(api!, store, new BookingStore(), audit, secrets),
    exports: new BillExports(api!, search, audit, new Quotas(api!, new QuotaStore())),
    read: async (tenant, elements, made) => {
      const row = await receipt(tenant, [elements], made);
      await worker!.run(tenant, (tx) => ledger.noteReading(tx, row));
      return row;
    },
    rows: async <R extends object>(sql: string, params?: unknown[]) => (await observer.query<R>(sql, params)).rows,
    close: async () => {
      await Promise.all([...sources.map((source) => source.destroy()), observer.end()]);
      await database.drop();
    },
  };
}

function madeUpReceipt(tenant: TenantContext, elements: readonly ElementsRead[], made: MadeUpReceipt): Receipt {
  const { decision = 'auto', fields = {}, items = [], kind = 'medical-outpatient' } = made;
  const [model] = madeUpReading(elements[0]!, { decision }).bills;
  const read = Object.entries(fields).map(([name, value]) => [name, { ...FIELD, value, raw: value }] as const);
  const item = { itemCode: '', unit: '', quantity: '', standard: '', amount: '', itemRemark: '' };
  const bills = elements.map((own): BillReading => ({
    ...{ ...model!, kind, elements: own, fields: Object.fromEntries(read) },
    items: items.map((itemName) => ({ ...item, itemName })),
  }));
  const id = uuidv7();
  return Object.assign(new Receipt(), {
    ...{ tenantId: tenant.tenantId, id, fileName: made.fileName ?? 'scan.jpg', sha256: made.sha256 ?? id.replaceAll('-', '').repeat(2) },
    ...{ mediaType: 'image/jpeg', byteSize: 1, objectKey: 'key', originalKeySealed: null, failureCode: null, pagePictures: null },
    ...{ batchId: null, batchNumber: null, createdAt: new Date(), readAt: new Date() },
    ...{ state: 'read' as const, reading: { ...madeUpReading(elements[0]!, { decision }), bills }, createdBy: tenant.actor.id },
  });
}

const FIELD = {
  ...{ confidence: 1, source: 'ocr' as const, page: 1, quad: null },
  ...{ confirmedBy: [], contradictedBy: [], alternatives: [], doubts: [] },
};

async function newTenant(observer: Client, name: string): Promise<TenantContext> {
  const tenantId = uuidv7();
  await observer.query('insert into tenant (id, name) values ($1, $2)', [tenantId, name]);
  return { tenantId, actor: { type: 'apiKey', id: `key-of-${name}`, name } };
}
