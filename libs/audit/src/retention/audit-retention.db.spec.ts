import { generateKeyPairSync } from 'node:crypto';
import { createDataSource, type TenantContext, UnitOfWork } from '@app/database';
import { Logger } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { eventually } from '../../../../test/support/eventually';
import { BackdatedSealingStore } from '../../../../test/support/backdated-sealing';
import { createTestDatabase, type TestDatabase } from '../../../../test/support/test-database';
import { ChainHeads } from '../anchors/chain-heads';
import { AuditLog } from '../audit-log';
import { AuditExport, RemovedMeanwhileError } from '../export/audit-export';
import { ExportStore } from '../export/export.store';
import type { Witnesses } from '../proof/witnesses';
import { readSigner } from '../proof/signing-key';
import type { Verdict } from '../proof/verdict';
import { verifyStream } from '../proof/verify-export';
import { AuditSealer } from '../sealing/audit-sealer';
import { sealingLag } from '../sealing/sealing-lag';
import { AuditRemover, type Removed } from './audit-remover';
import { AuditRetention } from './audit-retention';
import { RemovalPump } from './removal-pump';

let made = 0;
const tenant = (): TenantContext => ({
  tenantId: `${String((made += 1)).padStart(8, '0')}-1111-4111-8111-111111111111`,
  actor: { type: 'apiKey', id: 'key-1', name: '网点' },
});

describe('removing what of the audit has outlived its time', () => {
  const signer = readSigner(generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }) as string);
  let database: TestDatabase;
  let worker: DataSource;
  let owner: DataSource;
  let superuser: DataSource;
  beforeAll(async () => {
    Logger.overrideLogger(false);
    database = await createTestDatabase();
    const open = (url: string): Promise<DataSource> => createDataSource({ url, applicationName: 'spec' }).initialize();
    worker = await open(database.workerUrl);
    owner = await open(database.ownerUrl);
    superuser = await open(database.superuserUrl);
  });
  afterAll(async () => {
    await Promise.all([worker.destroy(), owner.destroy(), superuser.destroy()]);
    await database.drop();
  });

  /** Segments of three entries, sealed so many days ago. */
  async function sealed(who: TenantContext, ...daysAgo: number[]): Promise<void> {
    for (const days of daysAgo) {
      const records = [1, 2, 3].map((at) => ({ action: 'receipt.read' as const, targetType: 'receipt', targetId: `r-${days}-${at}` }));
      await new UnitOfWork(worker).run(who, (tx) => new AuditLog().appendAll(tx, records));
      const sealer = new AuditSealer(new BackdatedSealingStore(worker, days), new UnitOfWork(worker), signer);
      await eventually(async () => {
        await sealer.round();
        return (await sealingLag(worker)).entries === 0;
      });
    }
  }
  const exporter = (): AuditExport => new AuditExport(new ExportStore(worker, new UnitOfWork(worker)));
  const remove = (who: TenantContext, days = 184): Promise<Removed[]> =>
    new AuditRemover(new UnitOfWork(worker), exporter(), signer, { days }).remove(who.tenantId);
  const verified = async (who: TenantContext | null, witnesses: Witnesses = {}): Promise<Verdict> => {
    const lines =
      who === null
        ? new AuditExport(new ExportStore(owner, new UnitOfWork(owner))).ofChain((tenantId) => ({ ...tenant(), tenantId }))
        : exporter().ofTenant(who);
    const bytes = async function* () {
      for await (const text of lines) yield Buffer.from(text);
    };
    return verifyStream(bytes(), { publicKeys: [signer.publicKey], ...witnesses });
  };
  const removable = (who: TenantContext, days: number) =>
    new UnitOfWork(owner).run(who, (tx) => new AuditRetention().removable(tx, { days }));
  const rows = async (who: TenantContext, table: string): Promise<number> =>
    (await superuser.query<{ count: number }[]>(`select count(*)::int as count from ${table} where tenant_id = $1`, [who.tenantId]))[0]!
      .count;

  it('counts whole segments from the beginning that are old enough, and never the last', async () => {
    const ours = tenant();
    await sealed(ours, 400, 200, 10, 300);
    // The one of 300 days stands behind a younger one.
    expect(await removable(ours, 184)).toEqual({ segments: 2, entries: 6, firstSegment: 1, lastSegment: 2, isHeld: false });
    expect(await removable(ours, 201)).toMatchObject({ segments: 1, lastSegment: 1 });
    expect(await removable(ours, 401)).toEqual({ segments: 0, entries: 0, firstSegment: null, lastSegment: null, isHeld: false });
    const old = tenant();
    await sealed(old, 400, 399);
    expect(await removable(old, 184)).toMatchObject({ segments: 1, lastSegment: 1 });
    expect(await removable(tenant(), 184)).toMatchObject({ segments: 0 });
  });

  it('leaves a signed record, an entry and a chain that verifies from the first that was kept', async () => {
    const ours = tenant();
    await sealed(ours, 500, 400, 300, 10, 9);
    const anchors = (await new ChainHeads(worker, new UnitOfWork(worker)).ofTenant(ours.tenantId)).map((anchor) => ({ anchor, line: 1 }));
    expect(await remove(ours, 365)).toEqual([{ firstSegment: 1, lastSegment: 2, entries: 6 }]);
    expect(await remove(ours, 365)).toEqual([]);
    expect(await remove(ours, 200)).toEqual([{ firstSegment: 3, lastSegment: 3, entries: 3 }]);
    expect([await rows(ours, 'audit_segment'), await rows(ours, 'audit_seal'), await rows(ours, 'audit_entry')]).toEqual([2, 6, 8]);
    const { finding, covered, notices } = await verified(ours, { anchors });
    expect(finding).toBeNull();
    expect(covered).toMatchObject({
      ...{ first: 4, last: 5, entries: 6, unsealed: 2 },
      removals: [
        { firstSegment: 1, lastSegment: 2, entries: 6, retentionDays: 365 },
        { firstSegment: 3, lastSegment: 3, entries: 3, retentionDays: 200 },
      ],
    });
    expect(notices.map(({ en }) => en).filter((text) => text.startsWith('begins'))).toEqual([]);
    expect((await verified(null)).finding).toBeNull();
    const [entry] = await superuser.query<{ detail: object }[]>(
      `select detail from audit_entry where tenant_id = $1 and action = 'audit.remove' order by id limit 1`,
      [ours.tenantId],
    );
    expect(entry?.detail).toMatchObject({ removal: 1, firstSegment: 1, lastSegment: 2, entries: 6, retentionDays: 365 });
    await sealed(ours, 0);
    expect((await verified(ours)).finding).toBeNull();
  });

  it('goes on where a killed remover stopped: what it had recorded is gone from exports at once', async () => {
    const ours = tenant();
    await sealed(ours, 400, 390, 1);
    const unitOfWork = new UnitOfWork(worker);
    // Its last transaction is the one that wrote the record.
    const killed: Pick<UnitOfWork, 'run'> = {
      run: async (who, work) => {
        const done = await unitOfWork.run(who, work);
        if ((await rows(ours, 'audit_removal')) > 0) throw new Error('killed');
        return done;
      },
    };
    await expect(new AuditRemover(killed as UnitOfWork, exporter(), signer, { days: 184 }).remove(ours.tenantId)).rejects.toThrow('killed');
    expect([await rows(ours, 'audit_entry'), await rows(ours, 'audit_segment')]).toEqual([10, 3]);
    expect((await verified(ours)).covered).toMatchObject({ first: 3, unsealed: 1 });
    expect(await remove(ours)).toEqual([]);
    expect([await rows(ours, 'audit_entry'), await rows(ours, 'audit_segment')]).toEqual([4, 1]);
    expect((await verified(ours)).finding).toBeNull();
  });

  it('takes nothing under a legal hold, and nothing that does not verify', async () => {
    const [held, spoilt] = [tenant(), tenant()];
    await sealed(held, 400, 1);
    await superuser.query('insert into tenant (id, name) values ($1, $2)', [held.tenantId, 'held']);
    await superuser.query(
      `insert into legal_hold (tenant_id, id, target_type, target_id, reason, placed_by, placed_by_name, placed_at)
       values ($1, $1, 'bill', $1, '诉讼', 'u', 'u', clock_timestamp())`,
      [held.tenantId],
    );
    expect(await removable(held, 184)).toMatchObject({ segments: 1, isHeld: true });
    expect(await remove(held)).toEqual([]);
    await sealed(spoilt, 400, 1);
    await superuser.query('alter table audit_entry disable trigger audit_entry_refuse_change');
    await superuser.query(`update audit_entry set actor_name = 'x' where tenant_id = $1 and target_id = 'r-400-2'`, [spoilt.tenantId]);
    await superuser.query('alter table audit_entry enable trigger audit_entry_refuse_change');
    await expect(remove(spoilt)).rejects.toMatchObject({ finding: { code: 'entry-altered', sequence: 2 } });
    // One that fails holds up no other.
    const [good] = [tenant()];
    await sealed(good, 400, 1);
    const remover = new AuditRemover(new UnitOfWork(worker), exporter(), signer, { days: 184 });
    await new RemovalPump(remover, () => Promise.resolve([spoilt, held, good].map(({ tenantId }) => tenantId))).round();
    expect([await rows(spoilt, 'audit_entry'), await rows(held, 'audit_entry'), await rows(good, 'audit_entry')]).toEqual([6, 6, 4]);
  });

  it('takes for no tampering what another remover took away in the meantime, and lets no export end that it happened to', async () => {
    const ours = tenant();
    await sealed(ours, 400, 390, 1);
    const lines = exporter().ofTenant(ours);
    await lines.next();
    const overtaken = async function* (...[who, range]: Parameters<AuditExport['ofSegments']>): AsyncGenerator<string> {
      expect(await remove(ours)).toHaveLength(1);
      yield* exporter().ofSegments(who, range);
    };
    const late = new AuditRemover(new UnitOfWork(worker), { ofSegments: overtaken }, signer, { days: 184 });
    expect(await late.remove(ours.tenantId)).toEqual([]);
    await expect(
      (async () => {
        for await (const _line of lines);
      })(),
    ).rejects.toThrow(RemovedMeanwhileError);
    expect((await verified(ours)).finding).toBeNull();
  });

  it('takes nothing that the SIEM has not received, where there is one', async () => {
    const ours = tenant();
    await sealed(ours, 400, 390, 1);
    const removeForwarded = () =>
      new AuditRemover(new UnitOfWork(worker), exporter(), signer, { days: 184, isForwarded: true }).remove(ours.tenantId);
    expect(await removeForwarded()).toEqual([]);
    const received = (targetId: string) =>
      superuser.query(
        `insert into audit_forwarding (tenant_id, transaction_id, entry_id, entries)
         select tenant_id, transaction_id, id, 0 from audit_entry where tenant_id = $1 and target_id = $2
         on conflict (tenant_id) do update set transaction_id = excluded.transaction_id, entry_id = excluded.entry_id`,
        [ours.tenantId, targetId],
      );
    await received('r-400-3');
    expect(await removeForwarded()).toEqual([]);
    await received('r-390-1');
    expect(await removeForwarded()).toEqual([{ firstSegment: 1, lastSegment: 1, entries: 3 }]);
    await received('r-1-3');
    expect(await removeForwarded()).toEqual([{ firstSegment: 2, lastSegment: 2, entries: 3 }]);
  });

  describe('in the database, whoever asks', () => {
    let ours: TenantContext;
    const record = (changes: Record<string, unknown> = {}) => {
      const columns = {
        number: 1,
        first_segment: 1,
        last_segment: 1,
        first_sequence: 1,
        last_sequence: 3,
        entries: 3,
        retention_days: 184,
        ...changes,
      };
      const names = Object.keys(columns);
      return new UnitOfWork(worker).run(ours, ({ manager }) =>
        manager.query(
          `insert into audit_removal (tenant_id, root, last_hash, last_key_id, last_sealed_at, removed_at, previous_hash, suite, hash, key_id, signature, ${names.join(', ')})
           select $1, '\\x', g.hash, 'k', g.sealed_at, clock_timestamp(), '\\x', 'standard', '\\x', 'k', '\\x', ${names.map((_name, at) => `$${at + 2}`).join(', ')}
           from audit_segment g where g.tenant_id = $1 and g.number = ${columns.last_segment}`,
          [ours.tenantId, ...Object.values(columns)],
        ),
      );
    };
    beforeEach(async () => {
      ours = tenant();
      await sealed(ours, 400, 100);
    });

    it.each([
      ['a rule below the floor', { retention_days: 183 }, 'audit_removal_days_ck'],
      ['a segment that is too young', { last_segment: 2, last_sequence: 6, entries: 6 }, 'not old enough'],
      ['a rule that it does not keep itself', { retention_days: 401 }, 'not old enough'],
      ['another range than there is', { last_sequence: 2, entries: 2 }, 'nothing else'],
      ['the second removal first', { number: 2 }, 'nothing else'],
    ])('refuses %s', async (_what, changes, message) => {
      await expect(record(changes)).rejects.toThrow(message);
    });

    it('refuses the last segment, however old', async () => {
      ours = tenant();
      await sealed(ours, 400);
      await expect(record()).rejects.toThrow('never removed');
    });

    it('deletes nothing that no record covers, and the worker cannot delete at all', async () => {
      const gone = () => new UnitOfWork(worker).run(ours, ({ manager }) => manager.query('select audit_remove(1000) as gone'));
      expect(await gone()).toEqual([{ gone: 0 }]);
      await expect(new UnitOfWork(worker).run(ours, ({ manager }) => manager.query('delete from audit_entry'))).rejects.toThrow(
        'permission denied',
      );
      for (const table of ['audit_entry', 'audit_seal', 'audit_segment']) {
        const forced = new UnitOfWork(owner).run(ours, async ({ manager }) => {
          await manager.query(`select set_config('audit.removing', 'on', true)`);
          await manager.query(`delete from ${table} where tenant_id = $1`, [ours.tenantId]);
        });
        await expect(forced).rejects.toThrow('without a record');
      }
      await expect(owner.query('delete from audit_removal')).rejects.toThrow('never changed or removed');
    });

    it('judges by the records, not by a temporary table of the same name that whoever asks has made', async () => {
      const gone = new UnitOfWork(worker).run(ours, async ({ manager }) => {
        await manager.query(
          `create temporary table audit_removal on commit drop as
           select $1::uuid as tenant_id, 1::bigint as first_segment, 9::bigint as last_segment, 1::bigint as first_sequence, 99::bigint as last_sequence`,
          [ours.tenantId],
        );
        await manager.query('grant all on pg_temp.audit_removal to public');
        return manager.query<unknown[]>('select audit_remove(1000) as gone');
      });
      expect(await gone).toEqual([{ gone: 0 }]);
      expect(await rows(ours, 'audit_entry')).toBe(6);
    });
  });
});
