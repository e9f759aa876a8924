import { ApprovalView, BillPage, LegalHoldView, RetentionView } from '@app/contracts';
import { DEFAULT_RULES, withRetentionDesk } from '@app/privacy';
import { DAY_MS, RetentionBench } from '../../../../test/support/retention-bench';
import { newElements } from '../../../../test/support/verification-bench';
import { forPurpose } from '../../../../test/support/for-purpose';
import { foundBy } from '../../../../test/support/found-bills';

const JSON_BODY = { 'content-type': 'application/json' };

describe('retention: rules and holds', () => {
  let bench: RetentionBench;
  beforeAll(async () => {
    bench = await RetentionBench.create();
  });
  afterAll(() => bench.close());
  beforeEach(() => bench.reset());

  describe('rules', () => {
    it('are the installation’s until others are set, each version on record', async () => {
      const theirs = await bench.asked(RetentionView, '/v1/retention', { key: bench.api.keys[1] });
      expect(theirs).toEqual({ version: 0, days: DEFAULT_RULES.days, setBy: null, setAt: null });
      const { version } = await bench.rules();
      const proposal = ApprovalView.parse(await (await bench.put({ basedOn: version, days: { detail: 200 } })).json());
      expect(proposal).toMatchObject({ kind: 'retention.set', changes: [{ field: 'detail', before: '180', after: '200' }] });
      expect((await bench.rules()).version).toBe(version);
      expect((await bench.api.decide(proposal, bench.api.keys[0])).status).toBe(403);
      expect((await bench.api.decide(proposal, bench.api.person('securityAdministrator'))).status).toBe(200);
      expect(await bench.rules()).toMatchObject({
        version: version + 1,
        days: { detail: 200, rejected: null },
        setBy: { name: 'securityAdministrator' },
      });
      const [entry] = await bench.api.rows<{ detail: object }>(
        `select detail from audit_entry where action = 'retention.set' order by id desc`,
      );
      expect(entry!.detail).toEqual({ version: version + 1, detail: 200, approvalId: proposal.id, proposedBy: proposal.proposedBy.id });
      const options = { ownerUrl: bench.api.ownerUrl, applicationName: 'spec' };
      const operator = { tenantId: bench.api.tenantIds[0], actor: { type: 'operator' as const, id: 'op', name: 'op' } };
      await withRetentionDesk(options, ({ settings }) => settings.set(operator, { basedOn: version + 1, days: { detail: 201 } }));
      const [alone] = await bench.api.rows<{ detail: object }>(
        `select detail from audit_entry where action = 'retention.set' order by id desc`,
      );
      expect(alone!.detail).toEqual({ version: version + 2, detail: 201, alone: true });
    });

    it('are set by whoever saw those that stand, and never for the verdict', async () => {
      const { version } = await bench.rules();
      expect((await bench.put({ basedOn: version - 1, days: { detail: 1 } })).status).toBe(409);
      for (const days of [{ verdict: 1 }, { detail: 0 }, { detail: 1.5 }, { detail: 36_501 }, { all: 1 }]) {
        expect([days, (await bench.put({ basedOn: version, days })).status]).toEqual([days, 422]);
      }
      const reader = await bench.api.newKey('retention.read');
      expect((await bench.put({ basedOn: version, days: {} }, reader)).status).toBe(403);
    });
  });

  describe('a legal hold', () => {
    const place = (body: object, key = bench.api.keys[0]): Promise<Response> =>
      bench.api.fetch('/v1/legal-holds', { method: 'POST', body: JSON.stringify(body), headers: JSON_BODY, key });
    const release = (id: string, reason = '结案'): Promise<Response> =>
      bench.api.fetch(`/v1/legal-holds/${id}`, { method: 'DELETE', body: JSON.stringify({ reason }), headers: JSON_BODY });

    it.each(['receipt', 'bill'] as const)('on a %s keeps all that belongs to it until it is released', async (targetType) => {
      const { receiptId, verificationId, elements } = await bench.bill();
      const other = await bench.bill();
      const [known] = (await bench.asked(BillPage, '/v1/bills/search', foundBy({ billNumber: elements.billNumber }))).items;
      const targetId = targetType === 'bill' ? known!.id : receiptId;
      const placed = await place({ targetType, targetId, reason: '诉讼 1234' });
      const hold = LegalHoldView.parse(await placed.json());
      expect([placed.status, hold.released]).toEqual([201, null]);
      await bench.set({ original: 1, personal: 1, detail: 1 });
      bench.clock.ahead = 3 * DAY_MS;
      await bench.run();
      expect((await bench.proofsOf(other.receiptId)).length).toBe(2);
      expect([await bench.proofsOf(receiptId), await bench.proofsOf(verificationId)]).toEqual([[], []]);
      expect((await bench.api.fetch(`/v1/receipts/${receiptId}/image`, forPurpose())).status).toBe(200);
      expect(LegalHoldView.parse(await (await release(hold.id)).json()).released).toMatchObject({ reason: '结案', by: { name: 'spec' } });
      expect((await release(hold.id)).status).toBe(409);
      await bench.run();
      expect([(await bench.proofsOf(receiptId)).length, (await bench.proofsOf(verificationId)).length]).toEqual([2, 1]);
      const actions = await bench.api.rows<{ action: string }>(
        `select action from audit_entry where target_id = $1 and action like 'hold.%' order by id`,
        [targetId],
      );
      expect(actions.map(({ action }) => action)).toEqual(['hold.place', 'hold.release']);
    });

    it('is placed on nothing of another tenant', async () => {
      const id = await bench.uploaded(newElements());
      const body = { targetType: 'receipt', targetId: id, reason: 'theirs' };
      expect((await place(body, bench.api.keys[1])).status).toBe(404);
      expect((await place({ ...body, reason: ' ' })).status).toBe(422);
    });
  });
});
