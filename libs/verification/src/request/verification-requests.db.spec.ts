import { type Elements, shanghaiDay } from '@app/contracts';
import { noonInShanghai, realTime } from '../../../../test/support/other-time';
import { createVerificationBench, newElements, type VerificationBench } from '../../../../test/support/verification-bench';
import type { Verification } from '../verification.entity';

describe('requesting a verification', () => {
  let bench: VerificationBench;
  beforeAll(async () => {
    bench = await createVerificationBench();
  });
  afterAll(() => bench.close());
  afterEach(realTime);
  afterEach(() => {
    bench.audit.refused = null;
  });

  const request = (elements: Elements, key?: string): Promise<Verification> => bench.requests.request(bench.tenants[0], { elements }, key);

  const jobsOf = (verificationId: string) =>
    bench.rows<{ data: { attemptId: string } }>(
      `select data from pgboss.job where name = 'verification.send' and data->>'verificationId' = $1`,
      [verificationId],
    );
  const attemptsOf = (verificationId: string) =>
    bench.rows<{ id: string; state: string; number: number }>('select id, state, number from attempt where verification_id = $1', [
      verificationId,
    ]);
  const auditOf = (...targets: string[]) =>
    bench.rows<{ action: string }>('select action from audit_entry where target_id = any($1) order by recorded_at', [targets]);

  /** Lets the worker carry out every job of a verification that is due. */
  async function send({ id, tenantId }: Verification): Promise<void> {
    for (const { data } of await jobsOf(id)) {
      await bench.sending.send(
        { tenantId, verificationId: id, attemptId: data.attemptId },
        { id: 'job', signal: new AbortController().signal },
      );
    }
  }

  it('puts verification, intent, audit and job on record together', async () => {
    const verification = await request(newElements());
    const [attempt] = await attemptsOf(verification.id);
    expect(verification).toMatchObject({ state: 'queued', origin: 'upstream', provider: 'netocr', charge: null });
    expect(attempt).toMatchObject({ state: 'intended', number: 1 });
    expect((await jobsOf(verification.id)).map(({ data }) => data.attemptId)).toEqual([attempt!.id]);
    const actions = (await auditOf(verification.id, attempt!.id)).map(({ action }) => action);
    expect(actions).toEqual(['verification.request', 'verification.intend']);
  });

  it.each(['verification.request', 'verification.intend'] as const)('does nothing at all when the audit refuses %s', async (action) => {
    bench.audit.refused = action;
    const elements = newElements();
    await expect(request(elements)).rejects.toThrow('audit refused');
    const [left] = await bench.rows<{ verifications: number; jobs: number; counts: number }>(
      `select (select count(*)::int from verification where bill_number = $1) as verifications,
              (select count(*)::int from attempt a join verification v on v.id = a.verification_id where v.bill_number = $1) as attempts,
              (select count(*)::int from pgboss.job j where not exists (select 1 from attempt a where a.id::text = j.data->>'attemptId')) as jobs,
              (select count(*)::int from bill_day_count c where not exists (select 1 from verification v where v.bill_hash = c.bill_hash)) as counts`,
      [elements.billNumber],
    );
    expect(left).toEqual({ verifications: 0, attempts: 0, jobs: 0, counts: 0 });
    expect(bench.egress.posts.filter(({ elements: sent }) => sent.billNumber === elements.billNumber)).toEqual([]);
  });

  it('makes one attempt of twenty identical requests at once', async () => {
    const elements = newElements();
    const all = await Promise.all(Array.from({ length: 20 }, () => request(elements)));
    const attempts = await bench.rows(
      'select a.id from attempt a join verification v on v.id = a.verification_id where v.bill_number = $1',
      [elements.billNumber],
    );
    expect(attempts).toHaveLength(1);
    expect(all.map(({ origin }) => origin).sort()).toEqual([...Array<string>(19).fill('joined'), 'upstream']);
  });

  it('makes one attempt of identical requests at once that name different providers', async () => {
    const elements = newElements();
    const named = (at: number) => ({
      elements,
      ...(at % 3 > 0 && { provider: at % 3 === 1 ? ('netocr' as const) : ('jumdata' as const) }),
    });
    const all = await Promise.all(Array.from({ length: 12 }, (_, at) => bench.requests.request(bench.tenants[0], named(at))));
    expect(all.filter(({ origin }) => origin === 'upstream')).toHaveLength(1);
    expect(await bench.rows('select 1 from attempt where verification_id = any($1)', [all.map(({ id }) => id)])).toHaveLength(1);
  });

  it('tells those who joined the answer, and charges only the one who asked first', async () => {
    const elements = newElements();
    const first = await request(elements);
    const second = await request(elements);
    await send(first);
    const [asked, joined] = await Promise.all([first, second].map(({ id }) => bench.verifications.get(bench.tenants[0], id)));
    expect(asked!.verification).toMatchObject({ state: 'answered', outcome: 'MATCH', charge: 'charged' });
    expect(joined!.verification).toMatchObject({ state: 'answered', outcome: 'MATCH', charge: 'notCharged', sourceId: first.id });
    expect(joined!.verification.face).toEqual(asked!.verification.face);
  });

  it('never joins a request for other elements of the same bill', async () => {
    const elements = newElements();
    await request(elements);
    expect(await request({ ...elements, totalAmount: '486.21' })).toMatchObject({ origin: 'upstream' });
  });

  it('answers identical elements from the stored answer, free of charge, within the tenant only', async () => {
    const elements = newElements();
    const first = await request(elements);
    await send(first);
    expect(await request(elements)).toMatchObject({
      origin: 'cache',
      state: 'answered',
      outcome: 'MATCH',
      charge: 'notCharged',
      sourceId: first.id,
    });
    const foreign = await bench.requests.request(bench.tenants[1], { elements });
    expect(foreign).toMatchObject({ origin: 'upstream', state: 'queued', face: null });
  });

  it('refuses the sixth call of a day for a bill, whichever tenants asked', async () => {
    const elements = newElements();
    const amounts = ['1.00', '2.00', '3.00', '4.00', '5.00'];
    for (const [index, totalAmount] of amounts.entries()) {
      const verification = await bench.requests.request(bench.tenants[index % 2]!, { elements: { ...elements, totalAmount } });
      expect(verification.state).toBe('queued');
    }
    const sixth = await request(elements);
    expect(sixth).toMatchObject({ state: 'refused', origin: 'local', outcome: 'DAILY_LIMIT', charge: 'notCharged' });
    expect(await attemptsOf(sixth.id)).toEqual([]);
    expect((await auditOf(sixth.id)).map(({ action }) => action)).toEqual(['verification.refuse']);
  });

  it('counts across tenants without saying whose the calls were', async () => {
    await request(newElements());
    const [columns] = await bench.rows<{ names: string }>(
      `select string_agg(column_name, ',' order by column_name) as names from information_schema.columns where table_name = 'bill_day_count'`,
    );
    expect(columns!.names).toBe('bill_hash,day,used');
    await expect(bench.apiWork.run(bench.tenants[0], ({ manager }) => manager.query('select * from bill_day_count'))).rejects.toThrow(
      'permission denied',
    );
  });

  it('refuses locally what is certain to fail', async () => {
    noonInShanghai();
    const tomorrow = shanghaiDay(new Date(Date.now() + 86_400_000));
    const longAgo = shanghaiDay(new Date(Date.now() - 400 * 86_400_000));
    const outcomes = await Promise.all([
      request(newElements({ issueDate: tomorrow })),
      request(newElements({ issueDate: longAgo })),
      request(newElements({ totalAmount: '0.00' })),
    ]);
    expect(outcomes.map(({ outcome, origin, charge }) => [outcome, origin, charge])).toEqual([
      ['FUTURE_DATE', 'local', 'notCharged'],
      ['OVER_WINDOW', 'local', 'notCharged'],
      ['BAD_PARAM', 'local', 'notCharged'],
    ]);
  });

  describe('with an idempotency key', () => {
    it('gives the same verification for the same request, also at once', async () => {
      const elements = newElements();
      const all = await Promise.all(Array.from({ length: 5 }, () => request(elements, 'key-1')));
      expect(new Set(all.map(({ id }) => id)).size).toBe(1);
    });

    it('refuses the key for another request', async () => {
      await request(newElements(), 'key-2');
      await expect(request(newElements(), 'key-2')).rejects.toMatchObject({ code: 'idempotency-key-reused' });
    });

    it("knows nothing of another tenant's keys", async () => {
      const elements = newElements();
      const own = await request(elements, 'key-3');
      const foreign = await bench.requests.request(bench.tenants[1], { elements: newElements() }, 'key-3');
      expect(foreign.id).not.toBe(own.id);
    });
  });

  it('finds a foreign verification as little as a missing one', async () => {
    const { id } = await request(newElements());
    await expect(bench.verifications.get(bench.tenants[1], id)).rejects.toMatchObject({ code: 'not-found' });
    await expect(bench.verifications.get(bench.tenants[0], '019ab1c2-0000-7000-8000-000000000000')).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});
