import { generateKeyPairSync } from 'node:crypto';
import { createDataSource, type TenantContext, UnitOfWork } from '@app/database';
import type { DataSource } from 'typeorm';
import { eventually } from '../../../../test/support/eventually';
import { createTestDatabase, type TestDatabase } from '../../../../test/support/test-database';
import { ChainHeads } from '../anchors/chain-heads';
import { AuditEntry } from '../audit-entry.entity';
import { AuditLog } from '../audit-log';
import { AuditExport } from '../export/audit-export';
import { ExportStore } from '../export/export.store';
import type { Witnesses } from '../proof/witnesses';
import { type AuditSigner, readSigner } from '../proof/signing-key';
import type { Verdict } from '../proof/verdict';
import { verifyStream } from '../proof/verify-export';
import { AuditSealer } from './audit-sealer';
import { SEALED_COLUMNS } from './sealed-columns';
import { sealingLag } from './sealing-lag';
import { SealingStore } from './sealing.store';

const tenant = (digit: string): TenantContext => ({
  tenantId: `${digit.repeat(8)}-${digit.repeat(4)}-4${digit.repeat(3)}-8${digit.repeat(3)}-${digit.repeat(12)}`,
  actor: { type: 'apiKey', id: 'key-1', name: '网点 12' },
});
const OURS = tenant('1');
const THEIRS = tenant('2');
const newSigner = (): AuditSigner =>
  readSigner(generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }) as string);

describe('sealing the audit', () => {
  const audit = new AuditLog();
  const signer = newSigner();
  let database: TestDatabase;
  let worker: DataSource;
  let owner: DataSource;
  let superuser: DataSource;
  beforeAll(async () => {
    database = await createTestDatabase();
    const open = (url: string): Promise<DataSource> =>
      createDataSource({ url, applicationName: 'spec', entities: [AuditEntry] }).initialize();
    [worker, owner, superuser] = (await Promise.all([database.workerUrl, database.ownerUrl, database.superuserUrl].map(open))) as [
      DataSource,
      DataSource,
      DataSource,
    ];
  });
  afterAll(async () => {
    for (const dataSource of [worker, owner, superuser]) await dataSource.destroy();
    await database.drop();
  });

  const sealer = (by = signer, unitOfWork = new UnitOfWork(worker), store = new SealingStore(worker)): AuditSealer =>
    new AuditSealer(store, unitOfWork, by);
  const append = (who: TenantContext, ...targets: string[]): Promise<void> =>
    new UnitOfWork(worker).run(who, (tx) =>
      audit.appendAll(
        tx,
        targets.map((targetId) => ({ action: 'receipt.read', targetType: 'receipt', targetId, detail: { 页: 1 } })),
      ),
    );
  const exporter = (): AuditExport => new AuditExport(new ExportStore(owner, new UnitOfWork(owner)));
  const verified = (lines: AsyncIterable<string>, witnesses: Witnesses = { publicKeys: [signer.publicKey] }): Promise<Verdict> =>
    verifyStream(bytesOf(lines), witnesses);
  /** Until nothing waits: a transaction of any database of the server holds sealing up, and other tests have some. */
  const sealAll = async (by = signer): Promise<number> => {
    let entries = 0;
    await eventually(async () => {
      entries += (await sealer(by).round()).entries;
      return (await sealingLag(worker)).entries === 0;
    });
    return entries;
  };
  const heads = (): ChainHeads => new ChainHeads(worker, new UnitOfWork(worker));
  const anchors = async (): Promise<Witnesses['anchors']> => (await heads().all()).map((anchor, index) => ({ anchor, line: index + 1 }));

  it('seals every column of an entry', async () => {
    const rows = await owner.query<{ name: string }[]>(
      `select column_name as name from information_schema.columns where table_name = 'audit_entry'`,
    );
    expect(rows.map(({ name }) => name).sort()).toEqual([...SEALED_COLUMNS]);
  });

  it('numbers and signs what was committed, for each tenant, and proves it by an export alone', async () => {
    await append(OURS, 'r-1', 'r-2', 'r-3');
    await append(THEIRS, 't-1');
    expect(await sealingLag(worker)).toEqual({ entries: 4, oldestSeconds: expect.any(Number) as number });
    expect(await sealAll()).toBe(4);
    expect(await sealer().round()).toEqual({ segments: 0, entries: 0, signatures: 0, isOther: false });
    await append(OURS, 'r-4');
    await sealAll();
    expect(await sealingLag(worker)).toEqual({ entries: 0, oldestSeconds: null });
    await append(OURS, 'r-5');
    const verdict = await verified(exporter().ofTenant(OURS), { publicKeys: [signer.publicKey], anchors: await anchors() });
    expect(verdict).toMatchObject({
      finding: null,
      covered: { tenantId: OURS.tenantId, first: 1, last: 2, entries: 4, unsealed: 1, keys: [{ id: signer.publicKey.id, from: 1 }] },
    });
    expect((await verified(exporter().ofTenant(THEIRS))).covered).toMatchObject({ entries: 1, last: 1 });
    expect((await verified(exporter().ofChain(contextOf))).covered).toMatchObject({ tenantId: null, first: 1, last: 3 });
  });

  it('waits for a transaction that is older than what committed before it, and gives it the later number', async () => {
    await sealAll();
    const late = worker.createQueryRunner();
    await late.startTransaction();
    await late.query(`select set_config('app.tenant', $1, true)`, [OURS.tenantId]);
    await audit.append({ tenant: OURS, manager: late.manager }, { action: 'receipt.read', targetType: 'receipt', targetId: 'late' });
    await append(OURS, 'early');
    expect((await sealer().round()).entries).toBe(0);
    await late.commitTransaction();
    await late.release();
    expect(await sealAll()).toBe(2);
    expect((await verified(exporter().ofTenant(OURS))).finding).toBeNull();
  });

  it('leaves the turn to another sealer, and two at once seal nothing twice', async () => {
    await append(OURS, 'turn');
    const other = superuser.createQueryRunner();
    await other.startTransaction();
    await other.query(`select pg_advisory_xact_lock(hashtextextended('audit/sealer', 0))`);
    await eventually(async () => (await sealer().round()).isOther);
    expect(await sealingLag(worker)).toMatchObject({ entries: 1 });
    await other.rollbackTransaction();
    await other.release();
    for (let round = 0; round < 5; round += 1) {
      await append(OURS, `a-${round}`, `b-${round}`);
      await append(THEIRS, `c-${round}`);
      await Promise.all([sealer().round(), sealer().round(), sealer().round()]);
    }
    await sealAll();
    for (const who of [OURS, THEIRS]) expect((await verified(exporter().ofTenant(who))).finding).toBeNull();
    expect((await verified(exporter().ofChain(contextOf))).finding).toBeNull();
  });

  it('may be killed after any statement: the next one goes on, and nothing is signed twice with another content', async () => {
    const signed = new Map<string, Set<string>>();
    let position = '';
    const watched: AuditSigner = {
      ...signer,
      sign: (message) => {
        const bytes = Buffer.from(message).toString('base64');
        signed.set(position, (signed.get(position) ?? new Set()).add(bytes));
        return signer.sign(message);
      },
    };
    let isDone = false;
    let deaths = 0;
    for (let step = 1; !isDone; step += 1) {
      await append(OURS, `dying-${step}`);
      await append(THEIRS, `dying-${step}`);
      const dying = dyingAfter(step, worker, (segment) => (position = segment));
      isDone = await sealer(watched, new UnitOfWork(dying), new SealingStore(dying))
        .round()
        .then(
          ({ segments }) => segments === 2,
          () => false,
        );
      deaths += 1;
    }
    expect(deaths).toBeGreaterThan(20);
    await sealAll(watched);
    for (const contents of signed.values()) expect(contents.size).toBe(1);
    for (const who of [OURS, THEIRS]) expect((await verified(exporter().ofTenant(who))).finding).toBeNull();
    expect((await verified(exporter().ofChain(contextOf))).finding).toBeNull();
  });

  it('goes on in another cluster, whose counter of transactions is behind', async () => {
    await superuser.query(`update audit_sealing set sealed_below = '9000000000000'`);
    await append(OURS, 'after the restore');
    expect(await sealingLag(worker)).toMatchObject({ entries: 1 });
    expect(await sealAll()).toBe(1);
    await append(OURS, 'later');
    expect(await sealAll()).toBe(1);
    expect((await verified(exporter().ofTenant(OURS))).finding).toBeNull();
  });

  it('shows a change of the key, and refuses a signature of one that is not trusted', async () => {
    const next = newSigner();
    await append(OURS, 'new key');
    await sealAll(next);
    const both = await verified(exporter().ofTenant(OURS), { publicKeys: [signer.publicKey, next.publicKey] });
    expect(both).toMatchObject({ finding: null, covered: { keys: [{ id: signer.publicKey.id, from: 1 }, { id: next.publicKey.id }] } });
    const { last } = both.covered;
    expect((await verified(exporter().ofTenant(OURS))).finding).toMatchObject({ code: 'segment-foreign-key', segment: last });
  });

  it('exports the segments of a time, and says that they are a part', async () => {
    const [row] = await superuser.query<{ at: Date }[]>('select sealed_at as at from audit_segment where tenant_id = $1 and number = 2', [
      OURS.tenantId,
    ]);
    const part = await verified(exporter().ofTenant(OURS, { from: row!.at, before: new Date(row!.at.getTime() + 1) }));
    expect(part).toMatchObject({ finding: null, covered: { first: 2, last: 2, entries: 1 } });
    expect(part.notices.map(({ en }) => en).join()).toContain('begins with segment 2');
    expect((await verified(exporter().ofTenant(OURS, { before: new Date(0) }))).covered).toMatchObject({ first: null, entries: 0 });
  });

  it.each([
    ['audit_segment', 'root'],
    ['audit_seal', 'leaf'],
    ['audit_signature', 'signature'],
    ['audit_link', 'hash'],
    ['audit_signing_key', 'spki'],
  ])('lets nobody change %s', async (table, column) => {
    for (const change of [`update ${table} set ${column} = ''`, `delete from ${table}`, `truncate ${table}`]) {
      await expect(worker.query(change)).rejects.toThrow('permission denied');
      await expect(owner.query(change)).rejects.toThrow('never changed or removed');
      await expect(superuser.query(change)).rejects.toThrow('never changed or removed');
    }
  });
});

const contextOf = (tenantId: string): TenantContext => ({ tenantId, actor: OURS.actor });

async function* bytesOf(lines: AsyncIterable<string>): AsyncGenerator<Buffer> {
  for await (const text of lines) yield Buffer.from(text);
}

/** A data source whose connection is lost at its statement number `step`; tells for which segment a signature is asked. */
function dyingAfter(step: number, dataSource: DataSource, onSegment: (position: string) => void): DataSource {
  let statements = 0;
  const counted =
    <A extends unknown[], R>(run: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      statements += 1;
      if (statements > step) throw new Error('killed');
      if (String(args[0]).startsWith('select key_id')) onSegment(JSON.stringify(args[1]));
      return run(...args);
    };
  return {
    query: counted((text: string, values?: unknown[]) => dataSource.query(text, values)),
    transaction: (work: (manager: unknown) => Promise<unknown>) =>
      dataSource
        .transaction((manager) => work({ query: counted((text: string, values?: unknown[]) => manager.query(text, values)) }))
        .then(counted((result: unknown) => Promise.resolve(result))),
  } as unknown as DataSource;
}
