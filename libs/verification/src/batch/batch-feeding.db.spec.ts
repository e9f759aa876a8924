import { type BatchRowState, type JobPayloads, ProblemError } from '@app/contracts';
import { type BatchBench, createBatchBench, csvOf } from '../../../../test/support/batch-bench';
import { BatchRowStore } from './batch-row.store';
import { eventually } from '../../../../test/support/eventually';
import { answered, lost, newElements, notSent } from '../../../../test/support/verification-bench';

const WINDOW = 5;
const bills = (count: number) => Array.from({ length: count }, () => newElements());

describe('a batch', () => {
  let bench: BatchBench;
  beforeAll(async () => {
    bench = await createBatchBench({ window: WINDOW });
  });
  afterAll(() => bench.close());
  afterEach(() => jest.restoreAllMocks());
  beforeEach(() => {
    bench.egress.willSay(answered('0', { reversed: false }));
  });

  const draft = async (rows: Parameters<typeof csvOf>[0]): Promise<string> => {
    return (await bench.batches.createFromTable(bench.tenant, csvOf(rows))).id;
  };
  const started = async (rows: Parameters<typeof csvOf>[0]): Promise<string> => {
    const id = await draft(rows);
    const { estimate } = await bench.views.get(bench.tenant, id);
    await bench.batches.start(bench.tenant, id, { calls: estimate.calls });
    return id;
  };
  const states = async (id: string): Promise<Partial<Record<BatchRowState, number>>> => {
    const { progress } = await bench.views.get(bench.tenant, id);
    return Object.fromEntries(Object.entries(progress.states).filter(([, count]) => count > 0));
  };
  /** Feeds and sends until no job is left. */
  const settle = async (): Promise<void> => {
    for (let turns = 0; turns < 100; turns += 1) {
      const fed = await bench.feedOnce();
      const sent = await bench.sendAll();
      if (fed === null && sent === 0) return;
    }
    throw new Error('the batch does not end');
  };
  /** The bills of a batch in the order in which they were asked. */
  const askedBills = async (id: string): Promise<string[]> => {
    const found = await bench.rows<{ number: string }>(
      `select v.bill_number as number from verification v join verification_batch_row r on r.verification_id = v.id
       where r.batch_id = $1 order by v.id`,
      [id],
    );
    return found.map(({ number }) => number);
  };
  const waitingJob = async (): Promise<{ data: JobPayloads['batch.feed'] }> => {
    const jobs = await bench.rows<{ data: JobPayloads['batch.feed'] }>(
      `select data from pgboss.job where name = 'batch.feed' and state = 'created'`,
    );
    expect(jobs).toHaveLength(1);
    return jobs[0]!;
  };
  const audited = async (id: string): Promise<string[]> => {
    const found = await bench.rows<{ action: string }>(`select action from audit_entry where target_id = $1 order by id`, [id]);
    return found.map(({ action }) => action);
  };

  it('asks nothing as a draft, and tells what asking would cost', async () => {
    const [known, fresh] = bills(2);
    await bench.requests.request(bench.tenant, { elements: known });
    await bench.sendAll();
    const underWay = newElements();
    await bench.requests.request(bench.tenant, { elements: underWay });
    const id = await draft([known!, fresh!, { ...fresh, reference: 'again' }, { ...newElements(), billNumber: '1' }, underWay]);
    const { batch, estimate, firstErrors } = await bench.views.get(bench.tenant, id);
    expect(batch).toMatchObject({ state: 'draft', rowCount: 5, okCount: 3, errorCount: 1, duplicateCount: 1, skippedCount: 0 });
    expect(estimate).toEqual({ cached: 1, underWay: 1, calls: 1 });
    expect(firstErrors).toMatchObject([{ row: 4, line: 5, column: 'billNumber', code: 'tooShort' }]);
    expect(await bench.feedOnce()).toBeNull();
    await bench.sendAll();
    expect(await audited(id)).toEqual(['batch.create']);
  });

  it('is not started for more calls than were confirmed', async () => {
    const id = await draft(bills(2));
    await expect(bench.batches.start(bench.tenant, id, { calls: 1 })).rejects.toMatchObject({ code: 'batch-estimate-changed' });
    expect(await states(id)).toEqual({ pending: 2 });
    expect(await bench.feedOnce()).toBeNull();
  });

  it('keeps a window of calls under way, in the order of the rows, until all have ended', async () => {
    const rows = bills(13);
    const id = await started(rows);
    await bench.feedOnce();
    expect(await states(id)).toEqual({ begun: WINDOW, pending: 8 });
    await bench.feedOnce();
    expect(await states(id)).toEqual({ begun: WINDOW, pending: 8 });
    await settle();
    expect(await states(id)).toEqual({ ended: 13 });
    expect(await askedBills(id)).toEqual(rows.map(({ billNumber }) => billNumber));
    const { batch, progress } = await bench.views.get(bench.tenant, id);
    expect(batch).toMatchObject({ state: 'done', finishedAt: expect.any(Date) as Date });
    expect(progress).toMatchObject({
      verdicts: { valid: 13 },
      charges: { charged: 13, notCharged: 0, unknown: 0 },
      remainingSeconds: null,
    });
    expect(await audited(id)).toEqual(['batch.create', 'batch.start', 'batch.finish']);
  });

  it('asks behind whoever waits at a counter', async () => {
    await started(bills(1));
    await bench.feedOnce();
    await bench.requests.request(bench.tenant, { elements: newElements() });
    const jobs = await bench.rows<{ priority: number }>(
      `select priority from pgboss.job where name = 'verification.send' and state = 'created' order by priority`,
    );
    expect(jobs.map(({ priority }) => priority)).toEqual([-10, 0]);
    await settle();
  });

  it('gives stored answers without a call, and lets identical rows share one', async () => {
    const [bill] = bills(1);
    await bench.requests.request(bench.tenant, { elements: bill });
    await bench.sendAll();
    const before = bench.egress.upstreamCalls.length;
    const id = await started([bill!, { ...bill, reference: 'again' }]);
    await settle();
    expect(bench.egress.upstreamCalls).toHaveLength(before);
    expect(await states(id)).toEqual({ ended: 1, duplicate: 1 });
    expect((await bench.views.get(bench.tenant, id)).progress.charges).toEqual({ charged: 0, notCharged: 1, unknown: 0 });
  });

  it('asks no row twice when a job is delivered again or twice at once', async () => {
    const id = await started(bills(12));
    const { data } = await waitingJob();
    const { signal } = new AbortController();
    await Promise.all([bench.feeding.feed(data, { signal }), bench.feeding.feed(data, { signal }), bench.feeding.feed(data, { signal })]);
    await bench.feeding.feed(data, { signal });
    expect(await states(id)).toEqual({ begun: WINDOW, pending: 7 });
    const next = await bench.rows(`select id from pgboss.job where name = 'batch.feed' and state = 'created' and data->>'batchId' = $1`, [
      id,
    ]);
    // The one that was delivered by hand, and one for the next look.
    expect(next).toHaveLength(2);
    await settle();
    const asked = await bench.rows<{ times: string }>(
      `select count(*) as times from verification v join verification_batch_row r on r.verification_id = v.id where r.batch_id = $1`,
      [id],
    );
    expect(asked).toEqual([{ times: '12' }]);
  });

  it('takes back a row and its verification together when it is interrupted', async () => {
    const id = await started(bills(3));
    const count = async () => (await bench.rows<{ n: string }>('select count(*) as n from verification'))[0]!.n;
    const before = await count();
    jest.spyOn(BatchRowStore.prototype, 'saveFed').mockRejectedValueOnce(new Error('killed'));
    const { data } = await waitingJob();
    await expect(bench.feeding.feed(data, { signal: new AbortController().signal })).rejects.toThrow('killed');
    expect(await states(id)).toEqual({ pending: 3 });
    expect(await count()).toBe(before);
    await settle();
    expect(await states(id)).toEqual({ ended: 3 });
  });

  it('pauses, resumes and cancels: what was asked ends, what was not never is', async () => {
    const id = await started(bills(12));
    await bench.feedOnce();
    await bench.batches.pause(bench.tenant, id);
    await settle();
    expect(await states(id)).toEqual({ ended: WINDOW, pending: 7 });
    expect((await bench.views.get(bench.tenant, id)).batch).toMatchObject({ state: 'paused', finishedAt: null });
    await bench.batches.resume(bench.tenant, id);
    await bench.feedOnce();
    expect(await states(id)).toEqual({ ended: WINDOW, begun: WINDOW, pending: 2 });
    await bench.batches.cancel(bench.tenant, id);
    expect((await bench.views.get(bench.tenant, id)).batch).toMatchObject({ state: 'cancelled', finishedAt: null });
    await settle();
    expect(await states(id)).toEqual({ ended: 2 * WINDOW, cancelled: 2 });
    expect((await bench.views.get(bench.tenant, id)).batch.finishedAt).not.toBeNull();
    await expect(bench.batches.resume(bench.tenant, id)).rejects.toMatchObject({ code: 'batch-state' });
    expect(await audited(id)).toEqual(['batch.create', 'batch.start', 'batch.pause', 'batch.resume', 'batch.cancel', 'batch.finish']);
  });

  it('keeps one chain of feedings however often it is paused and resumed', async () => {
    const id = await started(bills(6));
    for (let times = 0; times < 3; times += 1) {
      await bench.batches.pause(bench.tenant, id);
      await bench.batches.resume(bench.tenant, id);
    }
    await bench.feedOnce();
    const next = await bench.rows(`select id from pgboss.job where name = 'batch.feed' and state = 'created' and data->>'batchId' = $1`, [
      id,
    ]);
    expect(next).toHaveLength(1);
    await settle();
    expect(await states(id)).toEqual({ ended: 6 });
  });

  it('ends rows without a verdict where no answer was to be had, and never asks an unknown one again', async () => {
    bench.egress.willSay(lost, answered('-30001'), answered('0', { reversed: true }), answered('0'));
    const id = await started(bills(4));
    await settle();
    const { progress } = await bench.views.get(bench.tenant, id);
    expect(progress.verdicts).toMatchObject({ unknown: 1, mismatch: 1, reversed: 1, reversalNotProvided: 1 });
    expect(progress.charges).toEqual({ charged: 3, notCharged: 0, unknown: 1 });
  });

  it('waits with the calls that wait, and fills no more than its window', async () => {
    bench.egress.willSay(notSent);
    const id = await started(bills(8));
    await bench.feedOnce();
    await bench.sendAll();
    await bench.feedOnce();
    expect(await states(id)).toEqual({ begun: WINDOW, pending: 3 });
    // So many failures opened the provider's circuit: an operator closes it.
    await bench.rows('delete from provider_channel');
    bench.egress.willSay(answered('0', { reversed: false }));
    await settle();
    expect(await states(id)).toEqual({ ended: 8 });
  });

  it('refuses a single row with its reason, and goes on', async () => {
    const id = await started(bills(3));
    jest.spyOn(bench.workerRequests, 'requestWithin').mockRejectedValueOnce(new ProblemError('receipt-refused'));
    await settle();
    expect(await states(id)).toEqual({ refused: 1, ended: 2 });
    const { items } = await bench.views.errors(bench.tenant, id, { limit: 10, after: 0 });
    expect(items).toMatchObject([{ row: 1, column: null, code: 'receipt-refused' }]);
  });

  it('pauses by itself, with the reason, when it may ask no more for now', async () => {
    const id = await started(bills(3));
    const ask = bench.workerRequests.requestWithin.bind(bench.workerRequests);
    jest.spyOn(bench.workerRequests, 'requestWithin').mockImplementationOnce(ask).mockRejectedValueOnce(new ProblemError('rate-limited'));
    await settle();
    expect(await states(id)).toEqual({ ended: 1, pending: 2 });
    expect((await bench.views.get(bench.tenant, id)).batch).toMatchObject({ state: 'paused', pauseReason: 'rate-limited' });
    jest.restoreAllMocks();
    await bench.batches.resume(bench.tenant, id);
    await settle();
    expect(await states(id)).toEqual({ ended: 3 });
  });

  it("pauses when the tenant's calls of the day are used up, and asks nothing for them", async () => {
    const { id } = await bench.batches.createFromTable(bench.other, csvOf(bills(3)));
    const look = () => bench.views.get(bench.other, id);
    await bench.batches.start(bench.other, id, { calls: 3 });
    const policy = [bench.other.tenantId];
    await bench.rows(
      `insert into verification_policy (tenant_id, failover, daily_quota, on_implausible, updated_at) values ($1, 'off', 2, 'warn', now())`,
      policy,
    );
    await settle();
    const paused = await look();
    expect(paused.batch).toMatchObject({ state: 'paused', pauseReason: 'tenant-quota' });
    expect(paused.progress.states).toMatchObject({ ended: 2, pending: 1 });
    expect(await askedBills(id)).toHaveLength(2);
    await bench.rows('delete from verification_policy where tenant_id = $1', policy);
    // A changed policy is known a second later: until then it pauses again.
    await eventually(async () => {
      await bench.batches.resume(bench.other, id);
      await settle();
      return (await look()).batch.state === 'done';
    });
    expect((await look()).progress.states).toMatchObject({ ended: 3, pending: 0 });
  });

  it('leaves a row alone when asking fails for a reason that is not its own', async () => {
    const id = await started(bills(3));
    const { data } = await waitingJob();
    jest.spyOn(bench.workerRequests, 'requestWithin').mockRejectedValueOnce(new Error('connection lost'));
    await expect(bench.feeding.feed(data, { signal: new AbortController().signal })).rejects.toThrow('connection lost');
    jest.restoreAllMocks();
    expect(await states(id)).toEqual({ pending: 3 });
    await settle();
    expect(await states(id)).toEqual({ ended: 3 });
  });

  it('gives one batch for one idempotency key, and none to another tenant', async () => {
    const file = csvOf(bills(2));
    const first = await bench.batches.createFromTable(bench.tenant, file, 'upload-1');
    expect((await bench.batches.createFromTable(bench.tenant, file, 'upload-1')).id).toBe(first.id);
    await expect(bench.batches.createFromTable(bench.tenant, csvOf(bills(1)), 'upload-1')).rejects.toMatchObject({
      code: 'idempotency-key-reused',
    });
    await expect(bench.views.get(bench.other, first.id)).rejects.toMatchObject({ code: 'not-found' });
    await expect(bench.batches.cancel(bench.other, first.id)).rejects.toMatchObject({ code: 'not-found' });
  });
});
