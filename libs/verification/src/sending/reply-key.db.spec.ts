import { GenerationSealsError, KEY_LIFETIME_MS, type KeyringAdmin, withKeyringAdmin } from '@app/keyring';
import { metricsRegistry } from '@app/observability';
import { SendingOf } from '../../../../test/support/sending-of';
import { TEST_KEYS } from '../../../../test/support/test-keys';
import {
  answered,
  createVerificationBench,
  lost,
  newElements,
  unreachable,
  type VerificationBench,
} from '../../../../test/support/verification-bench';
import { messageOf } from '../messages';
import type { Verification } from '../verification.entity';
import { REPLY_KEY_COLUMNS, VERIFICATION_COLUMNS } from '../verification-columns';

describe("the key of egress's copy of a reply", () => {
  let bench: VerificationBench;
  let sending: SendingOf;
  beforeAll(async () => {
    bench = await createVerificationBench();
    sending = new SendingOf(bench);
  });
  afterAll(() => bench.close());
  beforeEach(() => bench.egress.posts.splice(0));

  const queued = (tenant = bench.tenants[0]): Promise<Verification> => bench.requests.request(tenant, { elements: newElements() });
  const keysSent = (): string[] => bench.egress.posts.map(({ replyKey }) => replyKey);
  const sealedOf = async ({ id }: Verification): Promise<(Buffer | null)[]> => {
    const rows = await bench.rows<{ key: Buffer | null }>(
      'select reply_key_sealed as key from attempt where verification_id = $1 order by number',
      [id],
    );
    return rows.map(({ key }) => key);
  };

  it('is made with the attempt, another for each, and lies sealed', async () => {
    bench.egress.willSay(unreachable);
    for (const asked of [await queued(), await queued()]) {
      const [sealed] = await sealedOf(asked);
      await sending.run(asked);
      expect(sealed?.includes(Buffer.from(keysSent().at(-1)!, 'base64url'))).toBe(false);
    }
    expect(new Set(keysSent()).size).toBe(2);
  });

  it('is the same at every delivery, also when the data key was rotated in between', async () => {
    const asked = await queued();
    bench.egress.willSay(unreachable);
    await sending.run(asked);
    const rotated = await withKeyringAdmin({ ownerUrl: bench.ownerUrl, applicationName: 'spec', ...TEST_KEYS }, (admin) =>
      admin.rotate({ type: 'operator', id: 'spec', name: 'spec' }, 'detail', 'first'),
    );
    expect(rotated).toHaveLength(1);
    bench.egress.willSay(lost);
    await sending.run(asked, 2);
    expect(keysSent()).toHaveLength(2);
    expect(new Set(keysSent()).size).toBe(1);
  });

  it('goes with the end of its attempt, whatever the end was, and an open attempt cannot be without one', async () => {
    const asked = await queued();
    bench.egress.willSay(lost);
    await sending.run(asked);
    expect(await sealedOf(asked)).toEqual([null]);
    const open = await queued();
    const [kept] = await sealedOf(open);
    expect(kept).toBeInstanceOf(Buffer);
    await expect(bench.rows('update attempt set reply_key_sealed = null where verification_id = $1', [open.id])).rejects.toThrow(
      'attempt_reply_key_ck',
    );
  });

  describe('whose data key is destroyed', () => {
    const detailKey = (change: string): Promise<unknown> =>
      bench.rows(`update data_key set ${change} where data_class = 'detail' and state <> 'destroyed' and tenant_id = $1`, [
        bench.tenants[1].tenantId,
      ]);
    const clock = performance.now.bind(performance);
    let passedMs = 0;
    /** Processes know of it once what they remember of the key has ended. */
    const destroyed = async (): Promise<void> => {
      await detailKey(`state = 'destroyed', master_key = null, wrapped = null, destroyed_at = now(), retired_at = now()`);
      passedMs += KEY_LIFETIME_MS;
    };
    beforeAll(() => jest.spyOn(performance, 'now').mockImplementation(() => clock() + passedMs));
    afterAll(() => jest.restoreAllMocks());
    const asOperator = <T>(work: (admin: KeyringAdmin) => Promise<T>): Promise<T> =>
      withKeyringAdmin(
        { ownerUrl: bench.ownerUrl, applicationName: 'spec', ...TEST_KEYS, columns: [...REPLY_KEY_COLUMNS, ...VERIFICATION_COLUMNS] },
        work,
      );

    it.each([
      ['detail', 'attempt.reply_key_sealed'],
      ['personal', 'verification.asked_sealed'],
    ] as const)('is not destroyed by an operator while an attempt is open (%s)', async (dataClass, column) => {
      const operator = { type: 'operator', id: 'spec', name: 'spec' } as const;
      await queued(bench.tenants[1]);
      await asOperator((admin) => admin.rotate(operator, dataClass, 'second'));
      await bench.rows(`update data_key set retired_at = now() - interval '1 hour' where state = 'retired'`);
      const destroying = asOperator((admin) => admin.destroyGeneration(operator, 'second', dataClass, 1));
      await expect(destroying).rejects.toThrow(new GenerationSealsError(dataClass, 1, [column]));
    });

    it('ends an attempt that may have been sent as unknown, on record, and its job with it', async () => {
      const tenant = bench.tenants[1];
      const asked = await queued(tenant);
      bench.egress.willSay(unreachable);
      await sending.run(asked);
      const job = await sending.newestJob(asked);
      await destroyed();
      bench.egress.posts.splice(0);
      await sending.run(asked);
      expect(bench.egress.posts).toEqual([]);
      const { verification, attempts } = await sending.look(asked);
      expect(verification).toMatchObject({ state: 'unknown', charge: 'unknown', nextAttemptAt: null });
      expect(messageOf(verification).en).toContain('it may have been charged');
      expect(attempts).toMatchObject([{ state: 'unknown', charge: 'unknown', replyKeySealed: null }]);
      expect(await sending.newestJob(asked)).toEqual(job);
      expect(await sending.usedPlaces(asked)).toBe(1);
      expect(await bench.rows('select state from charge where verification_id = $1', [asked.id])).toEqual([{ state: 'unknown' }]);
      const entries = await bench.rows(
        `select detail->>'alerts' as alerts, detail->>'verificationState' as state from audit_entry where target_id = $1 and action = 'verification.outcome'`,
        [job.data.attemptId],
      );
      expect(entries).toEqual([{ alerts: 'replyKeyDestroyed', state: 'unknown' }]);
      await sending.run(asked, 2);
      expect(await bench.rows('select 1 from charge where verification_id = $1', [asked.id])).toHaveLength(1);
      expect(await metricsRegistry.metrics()).toMatch(/piaoyan_attempt_alerts_total\{.*alert="replyKeyDestroyed".*\} 1/);
    });

    it('gets a new key where egress surely never heard of the attempt, and the answer comes', async () => {
      const asked = await queued(bench.tenants[1]);
      await destroyed();
      bench.egress.willSay(answered('0', { reversed: false }));
      await sending.run(asked);
      expect(keysSent()).toHaveLength(1);
      expect((await sending.look(asked)).verification).toMatchObject({ state: 'answered', outcome: 'MATCH' });
    });

    it('ends an attempt as unknown that an earlier delivery may have sent', async () => {
      const asked = await queued(bench.tenants[1]);
      await destroyed();
      await sending.run(asked, 2);
      expect(bench.egress.posts).toEqual([]);
      expect((await sending.look(asked)).verification).toMatchObject({ state: 'unknown', charge: 'unknown' });
    });
  });
});
