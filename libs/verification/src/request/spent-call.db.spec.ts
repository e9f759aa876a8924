import type { Elements, JobPayloads } from '@app/contracts';
import {
  answered,
  createVerificationBench,
  lost,
  newElements,
  type Script,
  type VerificationBench,
} from '../../../../test/support/verification-bench';
import type { Verification } from '../verification.entity';

describe('a call for a caller that does not know it repeats itself', () => {
  let bench: VerificationBench;
  beforeAll(async () => {
    bench = await createVerificationBench();
  });
  afterAll(() => bench.close());

  const ask = (elements: Elements, neverTwice = true): Promise<Verification> =>
    bench.requests.request(bench.tenants[0], { elements, neverTwice });

  async function send({ id, tenantId }: Verification, script: Script): Promise<void> {
    bench.egress.willSay(script);
    const rows = await bench.rows<{ id: string }>(`select id from attempt where verification_id = $1 and state = 'intended'`, [id]);
    const payload: JobPayloads['verification.send'] = { tenantId, verificationId: id, attemptId: rows[0]!.id };
    await bench.sending.send(payload, { id: 'spec', signal: new AbortController().signal });
  }

  it('is not made again while the charge of the lost one is unknown', async () => {
    const elements = newElements();
    const first = await ask(elements);
    await send(first, lost);
    expect(await ask(elements)).toMatchObject({
      ...{ state: 'unknown', outcome: 'NETWORK_TIMEOUT', origin: 'cache', sourceId: first.id, charge: 'notCharged' },
    });
    expect(await bench.rows('select 1 from attempt where verification_id <> $1 and tenant_id = $2', [first.id, first.tenantId])).toEqual(
      [],
    );
  });

  it('is made when somebody who knows asks for it', async () => {
    const elements = newElements();
    await send(await ask(elements), lost);
    expect(await ask(elements, false)).toMatchObject({ state: 'queued', origin: 'upstream' });
  });

  it('is answered from a definitive answer that came after the lost one', async () => {
    const elements = newElements();
    await send(await ask(elements), lost);
    await send(await ask(elements, false), answered('-30002'));
    expect(await ask(elements)).toMatchObject({ state: 'answered', outcome: 'NOT_FOUND', origin: 'cache' });
  });

  it('is made again once it is known what the lost one cost, but on the same day only if it cost nothing', async () => {
    const elements = newElements();
    const first = await ask(elements);
    await send(first, lost);
    const reconcile = (charge: string, finishedAt = 'finished_at') =>
      bench.rows(`update verification set charge = $2, finished_at = ${finishedAt} where id = $1`, [first.id, charge]);
    await reconcile('charged');
    expect(await ask(elements)).toMatchObject({ state: 'unknown', origin: 'cache' });
    await reconcile('charged', `finished_at - interval '2 days'`);
    expect(await ask(elements)).toMatchObject({ state: 'queued', origin: 'upstream' });
    const other = newElements();
    const lostOne = await ask(other);
    await send(lostOne, lost);
    await bench.rows(`update verification set charge = 'notCharged' where id = $1`, [lostOne.id]);
    expect(await ask(other)).toMatchObject({ state: 'queued', origin: 'upstream' });
  });
});
