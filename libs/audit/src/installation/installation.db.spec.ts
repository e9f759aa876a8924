import { generateKeyPairSync } from 'node:crypto';
import { type Actor, createDataSource, type TenantContext, UnitOfWork } from '@app/database';
import type { DataSource } from 'typeorm';
import { eventually } from '../../../../test/support/eventually';
import { createTestDatabase, type TestDatabase } from '../../../../test/support/test-database';
import { AuditLog } from '../audit-log';
import { AuditExport } from '../export/audit-export';
import { ExportStore } from '../export/export.store';
import { AuditForwardingStore } from '../forwarding/audit-forwarding.store';
import { readSigner } from '../proof/signing-key';
import { verifyStream } from '../proof/verify-export';
import { AuditSealer } from '../sealing/audit-sealer';
import { sealingLag } from '../sealing/sealing-lag';
import { SealingStore } from '../sealing/sealing.store';
import { appendForInstallation, INSTALLATION_ID, installationContext } from './installation';
import { SettingsRecord } from './settings-record';

const ACTOR: Actor = { type: 'operator', id: 'op', name: 'op' };
const OURS: TenantContext = { tenantId: '11111111-1111-4111-8111-111111111111', actor: ACTOR };

describe('acts of the installation', () => {
  let database: TestDatabase;
  let worker: DataSource;
  let superuser: DataSource;
  beforeAll(async () => {
    database = await createTestDatabase();
    worker = await createDataSource({ url: database.workerUrl, applicationName: 'spec' }).initialize();
    superuser = await createDataSource({ url: database.superuserUrl, applicationName: 'spec' }).initialize();
  });
  afterAll(async () => {
    await Promise.all([worker.destroy(), superuser.destroy()]);
    await database.drop();
  });

  const entries = (tenantId: string) =>
    superuser.query<{ action: string; target: string }[]>(
      `select action, target_id as target from audit_entry where tenant_id = $1 order by recorded_at, id`,
      [tenantId],
    );
  const act = { action: 'provider.pause', targetType: 'provider', targetId: 'netocr' } as const;

  it("are told in whoever's transaction does them, which goes on as its own, and vanish with it", async () => {
    const unitOfWork = new UnitOfWork(worker);
    await unitOfWork.run(OURS, async (tx) => {
      await appendForInstallation(tx.manager, ACTOR, act);
      await new AuditLog().append(tx, { action: 'verification.outcome', targetType: 'attempt', targetId: 'a' });
    });
    const failing = unitOfWork.run(OURS, async (tx) => {
      await appendForInstallation(tx.manager, ACTOR, act);
      throw new Error('undone');
    });
    await expect(failing).rejects.toThrow('undone');
    expect(await entries(INSTALLATION_ID)).toEqual([{ action: 'provider.pause', target: 'netocr' }]);
    expect(await entries(OURS.tenantId)).toEqual([{ action: 'verification.outcome', target: 'a' }]);
  });

  it('are numbered, sealed and proven like those of a tenant, which nobody else can be, and go to the SIEM', async () => {
    const signer = readSigner(generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }) as string);
    const unitOfWork = new UnitOfWork(worker);
    await eventually(async () => {
      await new AuditSealer(new SealingStore(worker), unitOfWork, signer).round();
      return (await sealingLag(worker)).entries === 0;
    });
    const lines = new AuditExport(new ExportStore(worker, unitOfWork)).ofTenant(installationContext(ACTOR));
    const bytes = async function* () {
      for await (const text of lines) yield Buffer.from(text);
    };
    const { finding, covered } = await verifyStream(bytes(), { publicKeys: [signer.publicKey] });
    expect([finding, covered.tenantId, covered.entries]).toEqual([null, INSTALLATION_ID, 1]);
    await expect(superuser.query('insert into tenant (id, name) values ($1, $2)', [INSTALLATION_ID, 'x'])).rejects.toThrow(
      'tenant_id_reserved_ck',
    );
    expect(await new AuditForwardingStore(worker).tenants()).toContain(INSTALLATION_ID);
  });

  it('are settings that changed since a process last started, once', async () => {
    const start = (facts: Record<string, string>, kind = 'all') =>
      new SettingsRecord(new UnitOfWork(worker), 'worker', facts, kind).onApplicationBootstrap();
    await Promise.all([start({ anchors: 'file', suite: 'sm' }), start({ anchors: 'file', suite: 'sm' })]);
    await start({ anchors: 'file,syslog', suite: 'sm' });
    // Another worker never had these settings; the same one that no longer has one says so, once, and again when it is back.
    await start({}, 'other');
    await start({ suite: 'sm' });
    await start({ suite: 'sm' });
    await start({ anchors: 'file', suite: 'sm' });
    const told = await superuser.query<{ target: string; detail: object }[]>(
      `select target_id as target, detail from audit_entry where action = 'setting.change' order by recorded_at, id`,
    );
    expect(told).toEqual([
      { target: 'anchors', detail: { value: 'file', before: null, kind: 'all' } },
      { target: 'suite', detail: { value: 'sm', before: null, kind: 'all' } },
      { target: 'anchors', detail: { value: 'file,syslog', before: 'file', kind: 'all' } },
      { target: 'anchors', detail: { value: null, before: 'file,syslog', kind: 'all' } },
      { target: 'anchors', detail: { value: 'file', before: null, kind: 'all' } },
    ]);
  });
});
