import { UnsealError } from '@app/crypto';
import { withKeyringAdmin } from '@app/keyring';
import { SendingOf } from '../../../../test/support/sending-of';
import { TEST_KEYS } from '../../../../test/support/test-keys';
import {
  createVerificationBench,
  lost,
  newElements,
  unreachable,
  type VerificationBench,
} from '../../../../test/support/verification-bench';
import type { Verification } from '../verification.entity';

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

  it('dies with the data key of its tenant, and nothing is asked without it', async () => {
    const tenant = bench.tenants[1];
    const asked = await queued(tenant);
    await bench.rows(`update data_key set state = 'destroyed', master_key = null, wrapped = null, destroyed_at = now(), retired_at = now()
      where data_class = 'detail' and tenant_id = '${tenant.tenantId}'`);
    await expect(sending.run(asked)).rejects.toThrow(new UnsealError('destroyedKey').message);
    expect(bench.egress.posts).toEqual([]);
  });
});
