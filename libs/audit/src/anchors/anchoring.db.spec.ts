import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDataSource, type TenantContext, UnitOfWork } from '@app/database';
import { type Certificates, createCertificates } from '@app/devstack';
import { Logger } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { eventually } from '../../../../test/support/eventually';
import { SyslogReceiverDouble } from '../../../../test/support/syslog-receiver';
import { createTestDatabase, type TestDatabase } from '../../../../test/support/test-database';
import { AuditLog } from '../audit-log';
import { AuditExport } from '../export/audit-export';
import { ExportStore } from '../export/export.store';
import { SyslogTransport } from '../forwarding/syslog-transport';
import { readSigner } from '../proof/signing-key';
import { verifyExport } from '../proof/verify-export';
import { AuditSealer } from '../sealing/audit-sealer';
import { sealingLag } from '../sealing/sealing-lag';
import { SealingStore } from '../sealing/sealing.store';
import { AnchorPump } from './anchor-pump';
import { AnchoringStore } from './anchoring.store';
import { ChainHeads } from './chain-heads';
import { FileAnchorSink } from './file-anchor-sink';
import { readAnchorLog, readAnchors } from './read-anchors';
import { SyslogAnchorSink } from './syslog-anchor-sink';

const TENANTS = ['1', '2', '3'].map((digit): TenantContext => ({
  tenantId: `${digit.repeat(8)}-${digit.repeat(4)}-4${digit.repeat(3)}-8${digit.repeat(3)}-${digit.repeat(12)}`,
  actor: { type: 'apiKey', id: 'key-1', name: '网点' },
}));
const [OURS] = TENANTS as [TenantContext];

describe('anchors of a sealed audit', () => {
  const signer = readSigner(generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }) as string);
  let folder: string;
  let certificates: Certificates;
  let database: TestDatabase;
  let worker: DataSource;
  let owner: DataSource;
  let receiver: SyslogReceiverDouble;
  let port: number;
  beforeAll(async () => {
    Logger.overrideLogger(false);
    folder = await mkdtemp(join(tmpdir(), 'piaoyan-anchoring-'));
    certificates = await createCertificates(folder);
    database = await createTestDatabase();
    worker = await createDataSource({ url: database.workerUrl, applicationName: 'spec' }).initialize();
    owner = await createDataSource({ url: database.ownerUrl, applicationName: 'spec' }).initialize();
    receiver = new SyslogReceiverDouble(certificates);
    port = await receiver.start();
  });
  afterAll(async () => {
    await Promise.all([receiver.kill(), worker.destroy(), owner.destroy()]);
    await database.drop();
    await rm(folder, { recursive: true });
  });

  const seal = async (): Promise<void> => {
    for (const who of TENANTS) {
      await new UnitOfWork(worker).run(who, (tx) =>
        new AuditLog().append(tx, { action: 'receipt.read', targetType: 'receipt', targetId: 'r-1' }),
      );
    }
    const sealer = new AuditSealer(new SealingStore(worker), new UnitOfWork(worker), signer);
    await eventually(async () => {
      await sealer.round();
      return (await sealingLag(worker)).entries === 0;
    });
  };
  const pump = async (): Promise<AnchorPump> => {
    const { caFile, worker: own } = certificates;
    const [ca, cert, key] = await Promise.all([caFile, own.certFile, own.keyFile].map((file) => readFile(file, 'utf8')));
    const transport = new SyslogTransport({ host: '127.0.0.1', port, tls: { ca, cert, key }, idleTimeoutMs: 2_000 });
    const sinks = [new SyslogAnchorSink(transport, 'box'), new FileAnchorSink(folder)];
    const heads = new ChainHeads(worker, new UnitOfWork(worker));
    return new AnchorPump(
      { heads, store: new AnchoringStore(worker), sinks, everyMinutes: 60 },
      { lookMs: 1, firstBackOffMs: 0, longestBackOffMs: 0 },
    );
  };
  const exported = async (name: string): Promise<string> => {
    let text = '';
    for await (const part of new AuditExport(new ExportStore(owner, new UnitOfWork(owner))).ofTenant(OURS)) text += part;
    const path = join(folder, name);
    await writeFile(path, text);
    return path;
  };
  const publicKeys = [signer.publicKey];

  it('reach a syslog server over TLS once it is back, and a file meanwhile; where each stands is to be seen', async () => {
    await seal();
    await receiver.kill();
    const pumped = await pump();
    await pumped.round();
    expect(await new AnchoringStore(worker).states()).toMatchObject([
      { sink: 'file', failure: null, ageSeconds: expect.any(Number) as number },
      { sink: 'syslog', failure: 'unreachable', writtenAt: null, ageSeconds: null, failingSince: expect.any(Date) as Date },
    ]);
    port = await receiver.start();
    await pumped.round();
    // Neither is due again, whoever asks.
    await (await pump()).round();
    expect(receiver.messages).toHaveLength(TENANTS.length + 1);
    expect(receiver.messages[0]).toMatch(/^<109>1 \S+Z box piaoyan - audit\.anchor - \ufeff\{"type":"anchor",/);
    expect(await new AnchoringStore(worker).states()).toMatchObject([
      { failure: null },
      { sink: 'syslog', failure: null, failingSince: null },
    ]);
  });

  it('prove an export by the lines that the syslog server kept, and show a tail that was cut', async () => {
    const before = await exported('before.jsonl');
    await seal();
    await worker.query(`update audit_anchoring set written_at = written_at - interval '1 day'`);
    await (await pump()).round();
    const log = join(folder, 'siem.log');
    await writeFile(log, receiver.messages.map((message) => `2026-11-26 box ${message}\n`).join(''));
    const known = await readAnchorLog(log);
    expect((await verifyExport(await exported('after.jsonl'), { publicKeys, anchors: known })).finding).toBeNull();
    expect((await verifyExport(before, { publicKeys, anchors: known })).finding?.code).toBe('tail-cut');
    await Promise.all(['before.jsonl', 'after.jsonl'].map((name) => rm(join(folder, name))));
    const files = (await readAnchors(folder)).length;
    expect(files).toBe(2 * (TENANTS.length + 1));
  });
});
