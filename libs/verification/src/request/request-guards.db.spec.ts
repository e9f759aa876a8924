import { type Elements, nextShanghaiDay, shanghaiDay } from '@app/contracts';
import { noonInShanghai, realTime, timeIs } from '../../../../test/support/other-time';
import { SendingOf } from '../../../../test/support/sending-of';
import {
  answered,
  createVerificationBench,
  newElements,
  notSent,
  unreachable,
  type VerificationBench,
} from '../../../../test/support/verification-bench';
import type { Verification } from '../verification.entity';

const MISMATCH = answered('-30001');

describe('the guards before any spending', () => {
  let bench: VerificationBench;
  let sending: SendingOf;
  beforeAll(async () => {
    bench = await createVerificationBench();
    sending = new SendingOf(bench);
  });
  afterAll(() => bench.close());
  beforeEach(noonInShanghai);
  afterEach(realTime);

  const request = (elements: Elements, more: object = {}, tenant = 0): Promise<Verification> =>
    bench.requests.request(bench.tenants[tenant]!, { elements, ...more });
  const stored = async ({ id, tenantId }: Verification) =>
    (await bench.rows('select refusal_code, refusal_passes_at from verification where tenant_id = $1 and id = $2', [tenantId, id]))[0];

  it('say which of them refused, and from when the request may be taken', async () => {
    const tomorrow = shanghaiDay(new Date(Date.now() + 86_400_000));
    const early = await request(newElements({ issueDate: tomorrow }));
    expect(await stored(early)).toEqual({ refusal_code: 'future-date', refusal_passes_at: new Date(`${tomorrow}T00:00:00+08:00`) });
    const late = await request(newElements({ issueDate: '2020-01-01' }));
    expect(await stored(late)).toEqual({ refusal_code: 'over-window', refusal_passes_at: null });
    expect(late.outcome).toBe('OVER_WINDOW');
  });

  describe('the five of a day', () => {
    const amounts = (elements: Elements, count: number) =>
      Array.from({ length: count }, (_, at) => ({ ...elements, totalAmount: `${at + 1}.00` }));
    const states = (all: Verification[]) => all.map(({ state, refusalCode }) => refusalCode ?? state).sort();

    it('hold for all tenants and providers together, and pass at midnight in Shanghai', async () => {
      const elements = newElements();
      const all: Verification[] = [];
      for (const [at, five] of amounts(elements, 6).entries()) {
        all.push(await request(five, { provider: at % 2 === 0 ? 'netocr' : 'jumdata' }, at % 2));
      }
      expect(states(all)).toEqual(['daily-limit', ...Array<string>(5).fill('queued')]);
      expect(all[5]).toMatchObject({ outcome: 'DAILY_LIMIT', refusalPassesAt: nextShanghaiDay(shanghaiDay(new Date())) });
    });

    it('are exactly five when twelve ask at once', async () => {
      const all = await Promise.all(amounts(newElements(), 12).map((five, at) => request(five, {}, at % 2)));
      expect(states(all)).toEqual([...Array<string>(7).fill('daily-limit'), ...Array<string>(5).fill('queued')]);
    });

    it('begin anew at 00:00 +08:00, not a second before', async () => {
      const elements = newElements();
      const midnight = nextShanghaiDay(shanghaiDay(new Date()));
      timeIs(new Date(midnight.getTime() - 1_000));
      for (const five of amounts(elements, 5)) await request(five);
      expect(await request({ ...elements, totalAmount: '6.00' })).toMatchObject({ refusalCode: 'daily-limit', refusalPassesAt: midnight });
      timeIs(midnight);
      expect(await request({ ...elements, totalAmount: '7.00' })).toMatchObject({ state: 'queued' });
    });

    it('get a place back on the day it was taken, also when that is over', async () => {
      const elements = newElements();
      const midnight = nextShanghaiDay(shanghaiDay(new Date()));
      timeIs(new Date(midnight.getTime() - 1_000));
      const asked = await request(elements);
      timeIs(midnight);
      bench.egress.willSay(notSent);
      await sending.run(asked);
      const used = await bench.rows<{ day: string; used: number }>(
        'select day, used from bill_day_count where bill_hash = $1 order by day',
        [asked.billHash],
      );
      expect(used.map((row) => row.used)).toEqual([0, 1]);
    });
  });

  describe('beyond midnight', () => {
    const daysOf = (billHash: string): Promise<{ day: string; used: number }[]> =>
      bench.rows('select day, used from bill_day_count where bill_hash = $1 and used > 0 order by day', [billHash]);

    it('a call that waited counts on the day on which it is made, and never is a sixth of it', async () => {
      const elements = newElements();
      const midnight = nextShanghaiDay(shanghaiDay(new Date()));
      timeIs(new Date(midnight.getTime() - 60_000));
      const evening: Verification[] = [];
      for (let at = 1; at <= 5; at += 1) evening.push(await request({ ...elements, totalAmount: `${at}.00` }));
      timeIs(new Date(midnight.getTime() + 60_000));
      const morning = [await request({ ...elements, totalAmount: '6.00' }), await request({ ...elements, totalAmount: '7.00' })];
      bench.egress.willSay(MISMATCH);
      const calls = bench.egress.upstreamCalls.length;
      for (const asked of [...evening, ...morning]) await sending.run(asked);
      expect(bench.egress.upstreamCalls.length - calls).toBe(5);
      const states = await Promise.all(evening.map(async (asked) => (await sending.look(asked)).verification));
      expect(states.map(({ state, outcome, charge }) => [state, outcome, charge])).toEqual([
        ...Array.from({ length: 3 }, () => ['answered', 'MISMATCH', 'charged']),
        ...Array.from({ length: 2 }, () => ['answered', 'DAILY_LIMIT', 'notCharged']),
      ]);
      expect(await daysOf(evening[0]!.billHash)).toEqual([{ day: shanghaiDay(midnight), used: 5 }]);
      const last = await sending.look(evening[4]!);
      expect(last.attempts).toMatchObject([{ state: 'notSent', outcome: 'DAILY_LIMIT', charge: 'notCharged' }]);
    });

    it('a call that was asked for by a clock ahead of the worker’s goes back to no day that is full', async () => {
      const elements = newElements();
      const midnight = nextShanghaiDay(shanghaiDay(new Date()));
      const before = new Date(midnight.getTime() - 1_000);
      timeIs(before);
      for (let at = 1; at <= 5; at += 1) await request({ ...elements, totalAmount: `${at}.00` }, {}, 1);
      timeIs(midnight);
      const asked = await request(elements);
      timeIs(before);
      bench.egress.willSay(MISMATCH);
      await sending.run(asked);
      expect((await sending.look(asked)).verification).toMatchObject({ state: 'answered', outcome: 'MISMATCH' });
      expect((await daysOf(asked.billHash)).map(({ used }) => used)).toEqual([5, 1]);
    });

    it('a call that may have been made before stays where it was counted', async () => {
      const midnight = nextShanghaiDay(shanghaiDay(new Date()));
      timeIs(new Date(midnight.getTime() - 60_000));
      const asked = await request(newElements());
      bench.egress.willSay(unreachable);
      await sending.run(asked);
      timeIs(midnight);
      bench.egress.willSay(MISMATCH);
      await sending.run(asked);
      expect(await daysOf(asked.billHash)).toEqual([{ day: shanghaiDay(new Date(midnight.getTime() - 1)), used: 1 }]);
    });
  });

  describe('after other elements of the bill did not match', () => {
    async function mismatched(times: number, elements = newElements()): Promise<Elements> {
      bench.egress.willSay(MISMATCH);
      for (let at = 1; at <= times; at += 1) await sending.run(await request({ ...elements, totalAmount: `${at}.00` }));
      return elements;
    }

    it('say how many tries are left', async () => {
      const elements = await mismatched(2);
      expect(await request(elements)).toMatchObject({ state: 'queued', triesLeft: 2 });
    });

    it('ask for a confirmation of the last one, which takes no place', async () => {
      const elements = await mismatched(4);
      await expect(request(elements)).rejects.toMatchObject({ code: 'last-try-unconfirmed', status: 409 });
      await expect(bench.requests.request(bench.tenants[0], { elements }, 'key-of-the-last')).rejects.toMatchObject({ status: 409 });
      const confirmed = await bench.requests.request(bench.tenants[0], { elements, confirmLastTry: true }, 'key-of-the-last');
      expect(confirmed).toMatchObject({ state: 'queued', triesLeft: 0 });
      expect(await sending.usedPlaces(confirmed)).toBe(5);
    });

    it('let nobody have the last one unconfirmed, also when two ask at once', async () => {
      const elements = await mismatched(3);
      const both = await Promise.allSettled(['8.00', '9.00'].map((totalAmount) => request({ ...elements, totalAmount })));
      expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    });

    it('say nothing of what another tenant was told', async () => {
      const elements = await mismatched(4);
      expect(await request(elements, {}, 1)).toMatchObject({ state: 'queued', triesLeft: null });
    });

    it('say nothing the day after', async () => {
      const elements = await mismatched(1);
      timeIs(nextShanghaiDay(shanghaiDay(new Date())));
      expect(await request(elements)).toMatchObject({ state: 'queued', triesLeft: null });
    });
  });

  it('make one call of one idempotency key, however many ask at once, and refuse it for other elements', async () => {
    const elements = newElements();
    const ask = (totalAmount: string) => bench.requests.request(bench.tenants[0], { elements: { ...elements, totalAmount } }, 'one-key');
    const all = await Promise.allSettled(Array.from({ length: 12 }, (_, at) => ask(at % 3 === 0 ? '2.00' : '1.00')));
    const ids = new Set(all.flatMap((one) => (one.status === 'fulfilled' ? [one.value.id] : [])));
    const codes = new Set(all.flatMap((one) => (one.status === 'rejected' ? [(one.reason as { code: string }).code] : [])));
    expect(ids.size).toBe(1);
    expect([...codes]).toEqual(['idempotency-key-reused']);
    const calls = await bench.rows(`select 1 from attempt a join verification v on v.id = a.verification_id where v.bill_number = $1`, [
      elements.billNumber,
    ]);
    expect(calls).toHaveLength(1);
  });
});
