import { UnsealError } from '@app/crypto';
import type { TenantContext } from '@app/database';
import { Logger } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { SendingOf } from '../../../../test/support/sending-of';
import {
  answered,
  createVerificationBench,
  lost,
  newElements,
  type Script,
  type VerificationBench,
} from '../../../../test/support/verification-bench';
import type { Verification } from '../verification.entity';
import { providerReplyPlace } from './attempt-ends.store';

const SECRET_URL = 'http://einvoice.example/finance/callback/TOKEN-7f3d91';

/** A reply of jumdata, with a code of which it says something else than its own flag. */
const jumdata =
  (body: object): Script =>
  ({ attemptId }) => ({
    state: 'answered',
    attemptId,
    httpStatus: 200,
    contentType: 'application/json;charset=utf-8',
    bodyBase64: Buffer.from(JSON.stringify(body)).toString('base64'),
    sentAt: new Date().toISOString(),
    answeredAt: new Date().toISOString(),
  });
const MATCH_WITH_URL = { code: 200, msg: '成功', taskNo: '20260520101530004418', charge: true, data: { ch: '01', detailUrl: SECRET_URL } };

interface Kept {
  http_status: number;
  content_type: string;
  body_sealed: Buffer;
  alerts: string[];
}

describe('the reply of a provider', () => {
  let bench: VerificationBench;
  let sending: SendingOf;
  beforeAll(async () => {
    bench = await createVerificationBench();
    sending = new SendingOf(bench);
  });
  afterAll(() => bench.close());
  afterEach(() => jest.restoreAllMocks());

  async function asked(
    script: Script,
    provider: 'netocr' | 'jumdata' = 'jumdata',
  ): Promise<{ verification: Verification; attemptId: string }> {
    bench.egress.willSay(script);
    const verification = await bench.requests.request(bench.tenants[0], { elements: newElements(), provider });
    await sending.run(verification);
    return { verification, attemptId: (await sending.newestJob(verification)).data.attemptId };
  }
  const kept = async (attemptId: string): Promise<Kept | undefined> =>
    (
      await bench.rows<Kept>('select http_status, content_type, body_sealed, alerts from provider_reply where attempt_id = $1', [attemptId])
    )[0];
  const outcomeEntry = async (attemptId: string): Promise<{ alerts: string | null }> =>
    (
      await bench.rows<{ detail: { alerts: string | null } }>(
        `select detail from audit_entry where target_id = $1 and action = 'verification.outcome'`,
        [attemptId],
      )
    )[0]!.detail;

  it('is kept whole and sealed, for its tenant and attempt only', async () => {
    const { attemptId } = await asked(jumdata(MATCH_WITH_URL));
    const { http_status, content_type, body_sealed } = (await kept(attemptId))!;
    expect([http_status, content_type]).toEqual([200, 'application/json;charset=utf-8']);
    const [ours, theirs] = bench.tenants;
    const open = (tenant: TenantContext, id: string) => bench.keyring.open(tenant, providerReplyPlace(id), body_sealed);
    expect(JSON.parse((await open(ours, attemptId)).toString())).toEqual(MATCH_WITH_URL);
    await expect(open(theirs, attemptId)).rejects.toThrow(UnsealError);
    await expect(open(ours, uuidv7())).rejects.toThrow(UnsealError);
  });

  it('holds a secret address that stands nowhere else', async () => {
    const { verification } = await asked(jumdata(MATCH_WITH_URL));
    const tables = ['verification', 'attempt', 'charge', 'provider_reply', 'audit_entry'];
    const texts = await Promise.all(tables.map((table) => bench.rows<{ text: string }>(`select t::text as text from ${table} t`)));
    expect(JSON.stringify(texts)).not.toContain('TOKEN-7f3d91');
    expect(JSON.stringify(await sending.look(verification))).not.toContain('TOKEN-7f3d91');
    expect((await sending.look(verification)).attempts[0]?.providerTaskNumber).toBe('20260520101530004418');
  });

  it('tells an operator what was odd about it, in the log, the audit and beside the reply, and no more', async () => {
    const warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
    const { attemptId } = await asked(jumdata({ code: 500, msg: '异常', charge: true }));
    expect((await kept(attemptId))?.alerts).toEqual(['chargeContradictsCode']);
    expect((await outcomeEntry(attemptId)).alerts).toBe('chargeContradictsCode');
    expect(warn.mock.calls).toEqual([[{ msg: 'provider alert', attemptId, alert: 'chargeContradictsCode' }]]);
  });

  it('is kept although nobody understands it', async () => {
    jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
    const { attemptId, verification } = await asked(jumdata({ code: 123_456 }));
    expect((await kept(attemptId))?.alerts).toContain('unknownCode');
    expect((await sending.look(verification)).verification).toMatchObject({ state: 'unknown', charge: 'unknown' });
  });

  it('leaves no row where none came, and no alert where nothing was odd', async () => {
    const none = await asked(lost);
    expect(await kept(none.attemptId)).toBeUndefined();
    const fine = await asked(answered('0', { reversed: false, accounted: false, printed: false, verificationCount: 1 }), 'netocr');
    expect((await kept(fine.attemptId))?.alerts).toEqual([]);
    expect((await outcomeEntry(fine.attemptId)).alerts).toBeNull();
  });
});
