import type { Elements } from '@app/contracts';
import {
  answered,
  createVerificationBench,
  lost,
  newElements,
  notSent,
  type Script,
  unreachable,
  type VerificationBench,
} from '../../../../test/support/verification-bench';
import type { Verification } from '../verification.entity';

const MATCH = answered('0', { reversed: false });
const PROVIDER_FAULT = answered('-30010');

describe('sending a verification', () => {
  let bench: VerificationBench;
  beforeAll(async () => {
    bench = await createVerificationBench();
  });
  afterAll(() => bench.close());
  afterEach(() => {
    bench.audit.refused = null;
  });

  interface Job {
    data: { tenantId: string; verificationId: string; attemptId: string };
    delay: number;
  }
  const jobsOf = (verificationId: string): Promise<Job[]> =>
    bench.rows<Job>(
      `select data, round(extract(epoch from start_after - created_on))::int as delay from pgboss.job
       where name = 'verification.send' and data->>'verificationId' = $1 order by created_on, start_after`,
      [verificationId],
    );
  const newest = async (id: string): Promise<Job> => (await jobsOf(id)).at(-1)!;
  const run = (job: Job): Promise<void> => bench.sending.send(job.data, { id: 'job', signal: new AbortController().signal });
  const usedPlaces = async ({ billHash }: Verification): Promise<number> =>
    (await bench.rows<{ used: number }>('select used from bill_day_count where bill_hash = $1', [billHash]))[0]!.used;
  const chargesOf = (id: string) =>
    bench.rows<{ outcome: string; state: string; price_fen: string }>(
      'select outcome, state, price_fen from charge where verification_id = $1 order by created_at',
      [id],
    );

  async function queued(script: Script, elements: Elements = newElements()): Promise<Verification> {
    bench.egress.willSay(script);
    return bench.requests.request(bench.tenants[0], { elements });
  }
  async function current({ id }: Verification) {
    return bench.verifications.get(bench.tenants[0], id);
  }

  it('settles outcome, charge and audit together', async () => {
    const asked = await queued(MATCH);
    await run(await newest(asked.id));
    const { verification, attempts } = await current(asked);
    expect(verification).toMatchObject({ state: 'answered', outcome: 'MATCH', charge: 'charged' });
    expect(verification.finishedAt).toBeInstanceOf(Date);
    expect(attempts).toMatchObject([{ number: 1, state: 'answered', outcome: 'MATCH', providerCode: '0', charge: 'charged' }]);
    expect(await chargesOf(asked.id)).toEqual([{ outcome: 'MATCH', state: 'charged', price_fen: '50' }]);
    const audit = await bench.rows<{ action: string }>('select action from audit_entry where target_id = $1 order by recorded_at', [
      attempts[0]!.id,
    ]);
    expect(audit.map(({ action }) => action)).toEqual(['verification.intend', 'verification.outcome']);
  });

  it('gives egress the five elements, the provider, the attempt id and a key for the reply, and nothing else', async () => {
    const elements = newElements();
    const asked = await queued(MATCH, elements);
    const job = await newest(asked.id);
    await run(job);
    expect(bench.egress.posts.at(-1)).toEqual({
      ...{ attemptId: job.data.attemptId, provider: 'netocr', elements },
      replyKey: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/) as string,
    });
  });

  it('posts the same attempt id again after being killed before the outcome was written, and upstream hears of it once', async () => {
    const asked = await queued(MATCH);
    const job = await newest(asked.id);
    bench.audit.refused = 'verification.outcome';
    await expect(run(job)).rejects.toThrow('audit refused');
    expect((await current(asked)).attempts[0]).toMatchObject({ state: 'intended' });
    expect(await chargesOf(asked.id)).toEqual([]);
    bench.audit.refused = null;
    await run(job);
    const { attemptId } = job.data;
    expect(bench.egress.posts.filter((post) => post.attemptId === attemptId)).toHaveLength(2);
    expect(bench.egress.upstreamCalls.filter((id) => id === attemptId)).toHaveLength(1);
    expect((await current(asked)).verification).toMatchObject({ state: 'answered', charge: 'charged' });
  });

  it('leaves a finished attempt alone when its job runs again, also twice at once', async () => {
    const asked = await queued(MATCH);
    const job = await newest(asked.id);
    await Promise.all([run(job), run(job)]);
    const posts = bench.egress.posts.length;
    await run(job);
    expect(bench.egress.posts).toHaveLength(posts);
    expect(await chargesOf(asked.id)).toHaveLength(1);
  });

  it.each([
    ['-30001', 'MISMATCH'],
    ['-30002', 'NOT_FOUND'],
  ])('never retries %s', async (code, outcome) => {
    const asked = await queued(answered(code));
    await run(await newest(asked.id));
    expect((await current(asked)).verification).toMatchObject({ state: 'answered', outcome, charge: 'charged' });
    expect(await jobsOf(asked.id)).toHaveLength(1);
  });

  it('retries a surely uncharged fault twice, each time as a new attempt, and then says that it failed', async () => {
    const asked = await queued(PROVIDER_FAULT);
    const delays: number[] = [];
    for (const expected of ['waiting', 'waiting', 'failed']) {
      const job = await newest(asked.id);
      delays.push(job.delay);
      await run(job);
      expect((await current(asked)).verification.state).toBe(expected);
    }
    const { verification, attempts } = await current(asked);
    expect(delays).toEqual([0, 10, 60]);
    expect(new Set(attempts.map(({ id }) => id)).size).toBe(3);
    expect(attempts.map(({ number, charge }) => [number, charge])).toEqual([1, 2, 3].map((number) => [number, 'notCharged']));
    expect(verification).toMatchObject({ outcome: 'PROVIDER_ERROR', charge: 'notCharged', nextAttemptAt: null });
    expect(await usedPlaces(asked)).toBe(3);
    expect(await jobsOf(asked.id)).toHaveLength(3);
  });

  it('gives the place of the day back when no byte was sent, and tries again', async () => {
    const asked = await queued(notSent);
    await run(await newest(asked.id));
    const { verification, attempts } = await current(asked);
    expect(verification).toMatchObject({ state: 'waiting', outcome: 'NETWORK_TIMEOUT', charge: 'notCharged' });
    expect(verification.nextAttemptAt!.getTime()).toBeGreaterThan(Date.now());
    expect(attempts).toMatchObject([{ state: 'notSent' }, { state: 'intended', number: 2 }]);
    expect(await usedPlaces(asked)).toBe(1);
    bench.egress.willSay(MATCH);
    await run(await newest(asked.id));
    expect((await current(asked)).verification).toMatchObject({ state: 'answered', outcome: 'MATCH', charge: 'charged' });
  });

  it('does not retry beyond the five of the day', async () => {
    const elements = newElements();
    for (const totalAmount of ['1.00', '2.00', '3.00', '4.00']) {
      await run(await newest((await queued(MATCH, { ...elements, totalAmount })).id));
    }
    const fifth = await queued(PROVIDER_FAULT, elements);
    await run(await newest(fifth.id));
    expect((await current(fifth)).verification).toMatchObject({ state: 'failed', outcome: 'PROVIDER_ERROR', charge: 'notCharged' });
    expect(await jobsOf(fifth.id)).toHaveLength(1);
  });

  it('keeps a lost answer unknown, counts it, and never sends it again', async () => {
    const asked = await queued(lost);
    await run(await newest(asked.id));
    expect((await current(asked)).verification).toMatchObject({ state: 'unknown', outcome: 'NETWORK_TIMEOUT', charge: 'unknown' });
    expect(await chargesOf(asked.id)).toMatchObject([{ state: 'unknown' }]);
    expect(await usedPlaces(asked)).toBe(1);
    expect(await jobsOf(asked.id)).toHaveLength(1);
  });

  it('fills the count of the day when the provider says that its own is full', async () => {
    const elements = newElements();
    const asked = await queued(answered('-30003'), elements);
    await run(await newest(asked.id));
    expect(await usedPlaces(asked)).toBe(5);
    const other = await bench.requests.request(bench.tenants[1], { elements: { ...elements, totalAmount: '7.00' } });
    expect(other).toMatchObject({ state: 'refused', outcome: 'DAILY_LIMIT' });
  });

  it('asks about the same attempt again later when egress is out of reach, and says so', async () => {
    const asked = await queued(unreachable);
    const before = Date.now();
    await run(await newest(asked.id));
    const { verification, attempts } = await current(asked);
    expect(verification).toMatchObject({ state: 'queued', outcome: null, charge: null });
    expect(verification.nextAttemptAt!.getTime()).toBeGreaterThan(before + 1_000);
    expect(attempts).toMatchObject([{ state: 'intended' }]);
    const [first, second] = await jobsOf(asked.id);
    expect(second!.data).toEqual(first!.data);
    expect(second!.delay).toBeGreaterThan(0);
    bench.egress.willSay(MATCH);
    await run(second!);
    expect((await current(asked)).verification).toMatchObject({ state: 'answered', nextAttemptAt: null });
  });

  it('asks again later while another request for the attempt is being answered', async () => {
    const asked = await queued(({ attemptId }) => ({ state: 'inFlight', attemptId }));
    await run(await newest(asked.id));
    expect((await current(asked)).attempts).toMatchObject([{ state: 'intended' }]);
    expect(await jobsOf(asked.id)).toHaveLength(2);
  });

  it('asks again, when told, while the account of the provider has no call free', async () => {
    const asked = await queued(({ attemptId }) => ({ state: 'throttled', attemptId, retryAfterMs: 7_200 }));
    const before = Date.now();
    await run(await newest(asked.id));
    const { verification, attempts } = await current(asked);
    expect({ verification, attempts }).toMatchObject({ verification: { state: 'queued' }, attempts: [{ state: 'intended' }] });
    const waitMs = verification.nextAttemptAt!.getTime() - before;
    expect(waitMs).toBeGreaterThanOrEqual(8_000);
    expect(waitMs).toBeLessThan(20_000);
    expect(await jobsOf(asked.id)).toHaveLength(2);
  });

  it('gives the job back when it is taken away in the middle of a call', async () => {
    const taken = new AbortController();
    const asked = await queued(() => {
      taken.abort();
      return unreachable({} as never);
    });
    const job = await newest(asked.id);
    await expect(bench.sending.send(job.data, { id: 'job', signal: taken.signal })).rejects.toThrow('egress gateway unavailable');
    expect(await jobsOf(asked.id)).toHaveLength(1);
  });

  it('does not answer from a lost answer, but asks anew when a person does', async () => {
    const elements = newElements();
    const asked = await queued(lost, elements);
    await run(await newest(asked.id));
    expect(await queued(MATCH, elements)).toMatchObject({ origin: 'upstream', state: 'queued' });
  });

  it('refuses a job of a tenant to whom the attempt does not belong', async () => {
    const asked = await queued(MATCH);
    const { data } = await newest(asked.id);
    const foreign = { ...data, tenantId: bench.tenants[1].tenantId };
    await expect(bench.sending.send(foreign, { id: 'job', signal: new AbortController().signal })).rejects.toThrow('does not exist');
  });

  it('lists the charges of the own tenant, newest first, page by page', async () => {
    const first = await bench.charges.page(bench.tenants[0], { limit: 2 });
    const second = await bench.charges.page(bench.tenants[0], { limit: 2, before: first.next! });
    const ids = [...first.items, ...second.items].map(({ entry }) => entry.attemptId);
    expect(ids).toEqual([...ids].sort().reverse());
    expect(new Set(ids).size).toBe(4);
    expect(await bench.charges.page(bench.tenants[1], { limit: 2 })).toEqual({ items: [], next: null });
  });
});
