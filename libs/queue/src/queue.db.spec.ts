import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createDataSource, deadLetterQueue, NotificationListener, type TenantContext, UnitOfWork } from '@app/database';
import type { JobName, JobPayloads } from '@app/contracts';
import { type INestApplicationContext, type Type } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import type { DataSource } from 'typeorm';
import { SOURCE_ARGV } from '../../../test/support/source-argv';
import { eventually } from '../../../test/support/eventually';
import { createTestDatabase, type TestDatabase } from '../../../test/support/test-database';
import { jobChannel } from './job-channel';
import { type Handles, type JobDelivery, JobHandler } from './job-handler';
import { JobQueue } from './job-queue';
import { PermanentJobError } from './permanent-job.error';
import { QueueModule } from './queue.module';
import { Waking } from './waking';

const TENANT: TenantContext = {
  tenantId: '11111111-1111-4111-8111-111111111111',
  actor: { type: 'apiKey', id: 'key', name: 'spec' },
};
const QUEUE = 'receipt.read';
const NEVER_MS = 2 ** 31 - 1;
const payload = (receiptId: string): JobPayloads[typeof QUEUE] => ({ tenantId: TENANT.tenantId, receiptId });

type Delivered = JobDelivery & { receiptId: string; at: number };

/** A handler class that keeps what it is given and then does as it is told. */
function recorder(behave: (delivery: Delivered) => Promise<void> | void = () => undefined) {
  @JobHandler(QUEUE)
  class Recorder implements Handles<typeof QUEUE> {
    readonly deliveries: Delivered[] = [];

    async handle({ receiptId }: JobPayloads[typeof QUEUE], job: JobDelivery): Promise<void> {
      const delivery = { ...job, receiptId, at: performance.now() };
      this.deliveries.push(delivery);
      await behave(delivery);
    }
  }
  return Recorder;
}

interface JobRow {
  name: string;
  state: string;
  data: unknown;
  output: unknown;
  retry_count: number;
  retry_limit: number;
}

describe('the job queue', () => {
  let database: TestDatabase;
  let api: INestApplicationContext;
  let apiData: DataSource;
  let ownerData: DataSource;
  const running: INestApplicationContext[] = [];

  beforeEach(async () => {
    database = await createTestDatabase();
    apiData = await createDataSource({ url: database.apiUrl, applicationName: 'spec-api' }).initialize();
    ownerData = await createDataSource({ url: database.ownerUrl, applicationName: 'spec-owner' }).initialize();
    api = await Test.createTestingModule({ imports: [QueueModule.forProducer({ url: database.apiUrl })] }).compile();
  });

  afterEach(async () => {
    jest.restoreAllMocks();
    await Promise.all([...running.splice(0), api].map((one) => one.close()));
    await apiData.destroy();
    await ownerData.destroy();
    await database.drop();
  });

  async function startWorker(
    handlers: Type[],
    stopTimeoutMs?: number,
    queues: JobName[] = [QUEUE],
    concurrency = {},
  ): Promise<INestApplicationContext> {
    const module = await Test.createTestingModule({
      imports: [QueueModule.forWorker({ url: database.workerUrl, queues, stopTimeoutMs, concurrency })],
      providers: handlers,
    }).compile();
    module.useLogger(false);
    running.push(module);
    await module.init();
    return module;
  }

  /** Until the test ends, no worker looks for jobs of itself once it is at rest: it must be told. */
  function withoutLooks(): void {
    const { after } = Waking.prototype;
    jest.spyOn(Waking.prototype, 'after').mockImplementation(function (this: Waking, leastMs, mostMs) {
      return after.call(this, leastMs, mostMs > 0 ? NEVER_MS : 0);
    });
  }

  const enqueue = (receiptId: string, options?: { startAfterSeconds?: number }) =>
    new UnitOfWork(apiData).run(TENANT, (tx) => api.get(JobQueue).enqueue(tx, QUEUE, payload(receiptId), options));

  const jobs = (): Promise<JobRow[]> =>
    ownerData.query<JobRow[]>('select name, state, data, output, retry_count, retry_limit from pgboss.job order by created_on');

  it('adds a job exactly when the transaction commits', async () => {
    await enqueue('committed');
    const rolledBack = new UnitOfWork(apiData).run(TENANT, async (tx) => {
      await api.get(JobQueue).enqueue(tx, QUEUE, payload('rolled back'));
      throw new RangeError('no');
    });
    await expect(rolledBack).rejects.toThrow(RangeError);
    expect(await jobs()).toMatchObject([{ name: QUEUE, state: 'created', data: payload('committed') }]);
  });

  it('lets the api add jobs and nothing more', async () => {
    await enqueue('one');
    for (const attempt of [`update pgboss.job set data = '{}'`, 'delete from pgboss.job', `select pgboss.create_queue('mine', '{}')`]) {
      await expect(apiData.query(attempt)).rejects.toThrow('permission denied');
    }
  });

  it('delivers a job when it is told of it, without a look in between, and only once', async () => {
    withoutLooks();
    const Handler = recorder();
    const handler = (await startWorker([Handler])).get(Handler);
    for (const id of ['a', 'b', 'c']) {
      await enqueue(id);
      const delivery = await eventually(() => handler.deliveries.find((one) => one.receiptId === id));
      expect(delivery.attempt).toBe(1);
    }
    await eventually(async () => (await jobs()).every((job) => job.state === 'completed'));
    expect(handler.deliveries).toHaveLength(3);
  });

  it('is told of each job on the channel that it listens to', async () => {
    const heard: string[] = [];
    const onNotification = (name: string) => heard.push(name);
    const listener = new NotificationListener({ url: database.workerUrl, applicationName: 'spec', channel: jobChannel(), onNotification });
    await listener.start();
    await enqueue('heard');
    await eventually(() => heard.length > 0);
    await listener.close();
    expect(heard).toEqual([QUEUE]);
  });

  it('works off what has gathered without waiting for the next look', async () => {
    withoutLooks();
    const ids = Array.from({ length: 20 }, (_, index) => `gathered ${index}`);
    for (const id of ids) await enqueue(id);
    const Handler = recorder();
    const handler = (await startWorker([Handler])).get(Handler);
    await eventually(() => handler.deliveries.length === ids.length);
    expect(handler.deliveries.map(({ receiptId }) => receiptId)).toEqual(ids);
    await eventually(async () => (await jobs()).every((job) => job.state === 'completed'));
  });

  it('gives each place to the next job although another one is slow, and never more than there are', async () => {
    let running = 0;
    let most = 0;
    let release: (() => void) | undefined;
    const Handler = recorder(async ({ receiptId }) => {
      most = Math.max(most, ++running);
      if (receiptId === 'slow') await new Promise<void>((resolve) => (release = resolve));
      running--;
    });
    for (const id of ['slow', 'a', 'b', 'c', 'd']) await enqueue(id);
    await startWorker([Handler], undefined, [QUEUE], { [QUEUE]: 2 });
    await eventually(async () => (await jobs()).filter(({ state }) => state === 'completed').length === 4);
    expect((await jobs()).find(({ data }) => (data as { receiptId: string }).receiptId === 'slow')?.state).toBe('active');
    expect(most).toBe(2);
    release!();
    await eventually(async () => (await jobs()).every((job) => job.state === 'completed'));
  });

  it('does not deliver a job before its time', async () => {
    const Handler = recorder();
    const handler = (await startWorker([Handler])).get(Handler);
    const enqueued = performance.now();
    await enqueue('later', { startAfterSeconds: 2 });
    const delivery = await eventually(() => handler.deliveries[0]);
    expect(delivery.at - enqueued).toBeGreaterThan(1_900);
  });

  it('tries again what failed, and keeps no message of an unforeseen error with the job', async () => {
    const Handler = recorder(({ attempt }) => {
      if (attempt === 1) throw new TypeError('invalid input: "the value of a row"');
    });
    const handler = (await startWorker([Handler])).get(Handler);
    await enqueue('flaky');
    await eventually(() => handler.deliveries.length > 0);
    await eventually(async () => (await jobs())[0]?.state === 'retry');
    expect((await jobs())[0]?.output).toEqual({ error: 'TypeError' });
    await eventually(async () => (await jobs())[0]?.state === 'completed');
    expect(handler.deliveries.map((one) => one.attempt)).toEqual([1, 2]);
  });

  it('moves what cannot be done to the dead-letter queue at once', async () => {
    const Handler = recorder(() => {
      throw new PermanentJobError('no such receipt');
    });
    const handler = (await startWorker([Handler])).get(Handler);
    await enqueue('hopeless');
    const dead = await eventually(async () => (await jobs()).find((job) => job.name === deadLetterQueue(QUEUE)));
    expect(dead).toMatchObject({ state: 'created', data: payload('hopeless') });
    const failed = (await jobs()).find((job) => job.name === QUEUE);
    expect(failed).toMatchObject({ state: 'failed', output: { error: 'PermanentJobError', message: 'no such receipt' } });
    expect(handler.deliveries).toHaveLength(1);
  });

  it('refuses to start when a job has no handler, or two', async () => {
    const [One, Two] = [recorder(), recorder()];
    await expect(startWorker([])).rejects.toThrow('the worker cannot start: receipt.read has no handler');
    await expect(startWorker([One, Two])).rejects.toThrow('receipt.read has several handlers: Recorder, Recorder');
    await expect(startWorker([One], undefined, [QUEUE, 'verification.send'])).rejects.toThrow('verification.send has no handler');
  });

  it('refuses to start where the queues were never installed', async () => {
    await ownerData.query('drop schema pgboss cascade');
    await expect(startWorker([recorder()])).rejects.toThrow('Run "piaoyan migrate" as piaoyan_owner');
  });

  it('waits for a running job when it stops', async () => {
    let finish: (() => void) | undefined;
    const Handler = recorder(() => new Promise((resolve) => (finish = resolve)));
    const worker = await startWorker([Handler], 10_000);
    await enqueue('slow');
    const done = await eventually(() => finish);
    const closed = worker.close();
    done();
    await closed;
    expect((await jobs())[0]?.state).toBe('completed');
  });

  it.each([
    ['notices the interruption', ({ signal }: Delivered) => once(signal, 'abort').then(() => signal.throwIfAborted())],
    ['does not notice', () => new Promise<void>(() => undefined)],
  ])('gives back, without counting the try, a job whose handler %s', async (_what, behave) => {
    const Handler = recorder(behave);
    const worker = await startWorker([Handler], 100);
    await enqueue('interrupted');
    await eventually(() => worker.get(Handler).deliveries[0]);
    const limit = (await jobs())[0]?.retry_limit ?? 0;
    await worker.close();
    expect((await jobs())[0]).toMatchObject({ state: 'retry', retry_limit: limit + 1 });
    const Next = recorder();
    const next = (await startWorker([Next])).get(Next);
    await eventually(() => next.deliveries[0]);
  });

  it('hands on the job of a killed worker', async () => {
    const script = join(__dirname, '../../../test/support/hanging-worker.ts');
    const victim = spawn(process.execPath, [...SOURCE_ARGV, script, database.workerUrl], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await enqueue('orphan');
    await once(victim.stdout, 'data');
    victim.kill('SIGKILL');
    await once(victim, 'exit');
    const Handler = recorder();
    const handler = (await startWorker([Handler])).get(Handler);
    const delivery = await eventually(() => handler.deliveries[0], { what: 'delivery to the next worker' });
    expect(delivery).toMatchObject({ receiptId: 'orphan', attempt: 2 });
  });
});
