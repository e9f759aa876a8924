import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDataSource, type TenantContext, UnitOfWork } from '@app/database';
import { type Certificates, createCertificates } from '@app/devstack';
import { Logger } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { eventually } from '../../../../test/support/eventually';
import { SyslogReceiverDouble } from '../../../../test/support/syslog-receiver';
import { createTestDatabase, type TestDatabase } from '../../../../test/support/test-database';
import { AuditEntry } from '../audit-entry.entity';
import { AuditLog } from '../audit-log';
import { AuditForwarder } from './audit-forwarder';
import { AuditForwardingStore } from './audit-forwarding.store';
import { ForwardingPump } from './forwarding-pump';
import { type SyslogReceiver, SyslogTransport } from './syslog-transport';

const source = { host: 'box', version: '1' };

describe('forwarding the audit', () => {
  const audit = new AuditLog();
  let directory: string;
  let certificates: Certificates;
  let database: TestDatabase;
  let superuser: DataSource;
  let worker: DataSource;
  let receiver: SyslogReceiverDouble;
  let port: number;
  beforeAll(async () => {
    Logger.overrideLogger(false);
    directory = await mkdtemp(join(tmpdir(), 'piaoyan-syslog-'));
    certificates = await createCertificates(directory);
    database = await createTestDatabase();
    const entities = [AuditEntry];
    superuser = await createDataSource({ url: database.superuserUrl, applicationName: 'spec', entities }).initialize();
    worker = await createDataSource({ url: database.workerUrl, applicationName: 'spec-worker', entities }).initialize();
  });
  afterAll(async () => {
    await Promise.all([worker.destroy(), superuser.destroy()]);
    await database.drop();
    await rm(directory, { recursive: true });
  });
  beforeEach(async () => {
    receiver = new SyslogReceiverDouble(certificates);
    port = await receiver.start();
  });
  afterEach(() => receiver.kill());

  const tenant = async (): Promise<TenantContext> => {
    const tenantId = uuidv7();
    await superuser.query('insert into tenant (id, name) values ($1, $2)', [tenantId, tenantId]);
    return { tenantId, actor: { type: 'apiKey', id: 'key', name: 'key' } };
  };
  const write = (who: TenantContext, ...targets: string[]): Promise<void> =>
    new UnitOfWork(worker).run(who, (tx) =>
      audit.appendAll(
        tx,
        targets.map((targetId) => ({ action: 'receipt.image.view', targetType: 'receipt', targetId })),
      ),
    );
  const pem = (file: string): Promise<string> => readFile(file, 'utf8');
  const trusted = async (changes: Partial<SyslogReceiver> = {}): Promise<SyslogReceiver> => {
    const { caFile, worker: own } = certificates;
    const tls = { ca: await pem(caFile), cert: await pem(own.certFile), key: await pem(own.keyFile) };
    return { host: '127.0.0.1', port, tls, idleTimeoutMs: 2_000, ...changes };
  };
  const forwarder = (to: SyslogReceiver, batch = 3): AuditForwarder =>
    new AuditForwarder({
      unitOfWork: new UnitOfWork(worker),
      store: new AuditForwardingStore(worker),
      transport: new SyslogTransport(to),
      ...{ format: 'rfc5424', source, batch },
    });
  /** Until the tenant's entries are there: a transaction of any database of the server holds the horizon up, and other tests have some. */
  const brought = async (who: TenantContext, count: number, by: AuditForwarder): Promise<void> => {
    await eventually(async () => {
      await by.forwardAll();
      return received(who).length >= count;
    });
  };
  const refused = (by: AuditForwarder): Promise<unknown> =>
    eventually(() =>
      by.forwardAll().then(
        () => null,
        (error: unknown) => error,
      ),
    );
  const stateOf = (who: TenantContext) => new UnitOfWork(worker).run(who, (tx) => new AuditForwardingStore(worker).state(tx));
  const received = ({ tenantId }: TenantContext): string[] =>
    receiver.messages.filter((message) => message.includes(tenantId)).map((message) => /targetId="([^"]+)"/.exec(message)?.[1] ?? '');
  const numbered = (count: number): string[] => Array.from({ length: count }, (_, at) => `r-${at + 1}`);

  it('brings every entry of every tenant once and in order, and knows how far it is', async () => {
    const [ours, theirs] = [await tenant(), await tenant()];
    for (const target of numbered(7)) await write(ours, target);
    await write(theirs, 't-1', 't-2');
    expect(await stateOf(ours)).toBeNull();
    await brought(ours, 7, forwarder(await trusted()));
    await brought(theirs, 2, forwarder(await trusted()));
    expect([received(ours), received(theirs)]).toEqual([numbered(7), ['t-1', 't-2']]);
    expect(await stateOf(ours)).toMatchObject({ entries: '7', lagSeconds: 0, failure: null, failingSince: null });
    await write(ours, 'r-8');
    await brought(ours, 8, forwarder(await trusted()));
    expect(received(ours)).toEqual(numbered(8));
  });

  it('passes over nothing that commits late', async () => {
    const ours = await tenant();
    await forwarder(await trusted()).forwardAll();
    let [letGo, isWritten] = [(): void => undefined, (): void => undefined];
    const mayCommit = new Promise<void>((resolve) => (letGo = resolve));
    const written = new Promise<void>((resolve) => (isWritten = resolve));
    const late = new UnitOfWork(worker).run(ours, async (tx) => {
      await audit.append(tx, { action: 'receipt.image.view', targetType: 'receipt', targetId: 'late' });
      isWritten();
      await mayCommit;
    });
    await written;
    await write(ours, 'early');
    await forwarder(await trusted()).forwardAll();
    expect(received(ours)).toEqual([]);
    letGo();
    await late;
    await brought(ours, 2, forwarder(await trusted()));
    expect(received(ours)).toEqual(['late', 'early']);
  });

  it('loses nothing while the receiver is dead, holds up nobody who writes, and says since when', async () => {
    const ours = await tenant();
    await write(ours, 'r-1', 'r-2');
    await receiver.kill();
    expect(await refused(forwarder(await trusted()))).toMatchObject({ failure: 'unreachable' });
    await write(ours, 'r-3', 'r-4');
    expect(await refused(forwarder(await trusted()))).toMatchObject({ failure: 'unreachable' });
    const state = await stateOf(ours);
    expect(state).toMatchObject({ entries: '0', failure: 'unreachable', forwardedAt: null });
    expect(state?.failingSince).toBeInstanceOf(Date);
    await receiver.start();
    await brought(ours, 4, forwarder(await trusted()));
    expect(received(ours)).toEqual(numbered(4));
    expect(await stateOf(ours)).toMatchObject({ entries: '4', failure: null, failingSince: null });
  });

  it.each([
    ['diesWhileReading', 'broken'],
    ['neverReads', 'timeout'],
    ['neverCloses', 'timeout'],
  ] as const)('takes nothing for delivered at a receiver that %s', async (mood, failure) => {
    const ours = await tenant();
    await write(ours, ...numbered(3));
    receiver.mood = mood;
    expect(await refused(forwarder(await trusted({ idleTimeoutMs: 300 })))).toMatchObject({ failure });
    expect(await stateOf(ours)).toMatchObject({ entries: '0', failure });
    receiver.mood = 'takes';
    receiver.messages.length = 0;
    await brought(ours, 3, forwarder(await trusted()));
    expect(received(ours)).toEqual(numbered(3));
  });

  it('does not hang on a receiver that always moves a little', async () => {
    const ours = await tenant();
    await write(ours, 'r-1');
    receiver.mood = 'neverCloses';
    const impatient = forwarder(await trusted({ idleTimeoutMs: 60_000, deadlineMs: 300 }));
    expect(await refused(impatient)).toMatchObject({ failure: 'timeout' });
    receiver.mood = 'takes';
    receiver.messages.length = 0;
    await brought(ours, 1, forwarder(await trusted()));
  });

  it('waits for a slow receiver', async () => {
    const ours = await tenant();
    await write(ours, ...numbered(400));
    receiver.mood = 'readsSlowly';
    await brought(ours, 400, forwarder(await trusted(), 400));
    expect(received(ours)).toHaveLength(400);
  });

  it('tells nothing to a receiver of another authority, nor to one that does not know us', async () => {
    const ours = await tenant();
    await write(ours, 'r-1');
    const { tls } = await trusted();
    expect(await refused(forwarder(await trusted({ tls: {} })))).toMatchObject({ failure: 'untrusted' });
    const stranger = forwarder(await trusted({ tls: { ca: tls?.ca } }));
    expect(await refused(stranger)).toMatchObject({ name: 'SyslogError' });
    expect(receiver.messages).toEqual([]);
    expect(await stateOf(ours)).toMatchObject({ entries: '0' });
    await brought(ours, 1, forwarder(await trusted()));
    expect(received(ours)).toEqual(['r-1']);
  });

  it('speaks plain TCP where it is told to', async () => {
    const plain = new SyslogReceiverDouble(null);
    await new SyslogTransport({ host: '127.0.0.1', port: await plain.start(), tls: null }).send(['one', '二']);
    expect(plain.messages).toEqual(['one', '二']);
    await plain.kill();
  });

  it('goes on by itself when the receiver is back, and ends with the process', async () => {
    const ours = await tenant();
    await receiver.kill();
    await write(ours, 'r-1');
    const pump = new ForwardingPump(forwarder(await trusted()), { idleMs: 20, firstBackOffMs: 10, longestBackOffMs: 40 });
    pump.onApplicationBootstrap();
    await eventually(async () => (await stateOf(ours))?.failure === 'unreachable');
    await receiver.start();
    await eventually(() => Promise.resolve(received(ours).length === 1));
    await write(ours, 'r-2');
    await eventually(() => Promise.resolve(received(ours).length === 2));
    await pump.beforeApplicationShutdown();
    expect(received(ours)).toEqual(numbered(2));
  });
});
