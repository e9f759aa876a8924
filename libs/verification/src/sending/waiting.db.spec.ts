import type { Elements } from '@app/contracts';
import { SendingOf } from '../../../../test/support/sending-of';
import {
  answered,
  createVerificationBench,
  newElements,
  refusedByEgress,
  type Script,
  throttled,
  unreachable,
  type VerificationBench,
} from '../../../../test/support/verification-bench';
import type { Verification } from '../verification.entity';

const MATCH = answered('0', { reversed: false });

describe('a verification that has to wait', () => {
  let bench: VerificationBench;
  let sending: SendingOf;
  beforeAll(async () => {
    bench = await createVerificationBench();
    sending = new SendingOf(bench);
  });
  afterAll(() => bench.close());

  const queued = (elements: Elements = newElements(), script: Script = MATCH): Promise<Verification> => {
    bench.egress.willSay(script);
    return bench.requests.request(bench.tenants[0], { elements });
  };
  const posts = (elements: Elements) => bench.egress.posts.filter(({ elements: sent }) => sent.billNumber === elements.billNumber);

  it('lets an older question about the same bill be asked first', async () => {
    const elements = newElements();
    const first = await queued(elements);
    const second = await queued({ ...elements, totalAmount: '7.00' });
    await sending.run(second);
    expect((await sending.look(second)).verification).toMatchObject({ state: 'queued', hold: 'sameBill' });
    expect(posts(elements)).toEqual([]);
    await sending.run(first);
    await sending.run(second);
    expect((await sending.look(second)).verification).toMatchObject({ state: 'answered', hold: null });
    expect(posts(elements).map(({ elements: sent }) => sent.totalAmount)).toEqual([elements.totalAmount, '7.00']);
  });

  it('does not wait for a question about the same bill that another tenant asks', async () => {
    const elements = newElements();
    await bench.requests.request(bench.tenants[1], { elements });
    const own = await queued({ ...elements, totalAmount: '7.00' });
    await sending.run(own);
    expect((await sending.look(own)).verification.state).toBe('answered');
  });

  it('comes back when the gateway has room again, having used nothing', async () => {
    const asked = await queued(newElements(), throttled);
    await sending.run(asked);
    const { verification, attempts } = await sending.look(asked);
    expect(verification).toMatchObject({ state: 'queued', hold: 'throttled', outcome: null });
    expect(attempts).toMatchObject([{ state: 'intended', askedAt: null }]);
    expect((await sending.newestJob(asked)).delay).toBe(2);
    bench.egress.willSay(MATCH);
    await sending.run(asked);
    expect((await sending.look(asked)).verification).toMatchObject({ state: 'answered', hold: null, nextAttemptAt: null });
  });

  it('says once why it waits, however long that takes', async () => {
    const asked = await queued(newElements(), throttled);
    for (const _ of [1, 2, 3]) await sending.run(asked);
    const { attemptId } = (await sending.newestJob(asked)).data;
    const entries = await bench.rows(`select 1 from audit_entry where target_id = $1 and action = 'verification.postpone'`, [attemptId]);
    expect(entries).toHaveLength(1);
    expect(await sending.jobsOf(asked)).toHaveLength(4);
  });

  it('remembers that the gateway may have heard of it', async () => {
    const asked = await queued(newElements(), unreachable);
    await sending.run(asked);
    expect((await sending.look(asked)).attempts[0]!.askedAt).toBeInstanceOf(Date);
    const again = await queued();
    await sending.run(again, 2);
    expect((await sending.look(again)).attempts[0]!.askedAt).toBeInstanceOf(Date);
  });

  it('gets a fresh job before its own has used up its tries, and is then asked about as ever', async () => {
    const elements = newElements();
    const asked = await queued(elements);
    await sending.run(asked, 6);
    expect(posts(elements)).toEqual([]);
    expect(await sending.jobsOf(asked)).toHaveLength(2);
    await sending.run(asked, 1);
    expect((await sending.look(asked)).verification.state).toBe('answered');
  });

  it('ends as unknown, for a person to see, when the gateway knows its attempt as another call', async () => {
    const asked = await queued(newElements(), refusedByEgress('attempt-conflict'));
    await sending.run(asked);
    const { verification, attempts } = await sending.look(asked);
    expect(verification).toMatchObject({ state: 'unknown', charge: 'unknown' });
    expect(attempts).toMatchObject([{ state: 'unknown', charge: 'unknown' }]);
    expect(await sending.jobsOf(asked)).toHaveLength(1);
    expect(await sending.usedPlaces(asked)).toBe(1);
  });

  it('ends as failed and free of charge when the gateway refuses the shape of the call', async () => {
    const asked = await queued(newElements(), refusedByEgress('invalid-call'));
    await sending.run(asked);
    const { verification, attempts } = await sending.look(asked);
    expect(verification).toMatchObject({ state: 'failed', outcome: 'TYPE_ERROR', charge: 'notCharged' });
    expect(attempts).toMatchObject([{ state: 'notSent' }]);
    expect(await sending.usedPlaces(asked)).toBe(0);
    const entries = await bench.rows<{ detail: { alerts: string } }>(
      `select detail from audit_entry where target_id = $1 and action = 'verification.outcome'`,
      [attempts[0]!.id],
    );
    expect(entries[0]!.detail.alerts).toBe('invalidCall');
  });
});

describe('the end of verifications', () => {
  let bench: VerificationBench;
  let sending: SendingOf;
  beforeAll(async () => {
    bench = await createVerificationBench();
    sending = new SendingOf(bench);
  });
  afterAll(() => bench.close());
  beforeEach(() => bench.settlements.told.splice(0));

  const told = () => bench.settlements.told.map(({ id, state, origin }) => [id, state, origin]);

  it('is told with those that joined, once, and not before', async () => {
    const elements = newElements();
    bench.egress.willSay(MATCH);
    const first = await bench.requests.request(bench.tenants[0], { elements });
    const joined = await bench.requests.request(bench.tenants[0], { elements });
    expect(told()).toEqual([]);
    await sending.run(first);
    expect(told()).toEqual([
      [first.id, 'answered', 'upstream'],
      [joined.id, 'answered', 'joined'],
    ]);
    const cached = await bench.requests.request(bench.tenants[0], { elements });
    expect(told().at(-1)).toEqual([cached.id, 'answered', 'cache']);
  });

  it('is told of what a guard refuses', async () => {
    const refused = await bench.requests.request(bench.tenants[0], { elements: newElements({ totalAmount: '0.00' }) });
    expect(told()).toEqual([[refused.id, 'refused', 'local']]);
  });

  it('has not come when somebody who must hear of it cannot', async () => {
    bench.egress.willSay(MATCH);
    const asked = await bench.requests.request(bench.tenants[0], { elements: newElements() });
    bench.settlements.refuses = true;
    await expect(sending.run(asked)).rejects.toThrow('settlement refused');
    bench.settlements.refuses = false;
    expect((await sending.look(asked)).verification.state).toBe('queued');
    await sending.run(asked, 2);
    expect(bench.egress.upstreamCalls.filter((id) => id === bench.egress.posts.at(-1)!.attemptId)).toHaveLength(1);
    expect(told()).toEqual([[asked.id, 'answered', 'upstream']]);
  });
});
