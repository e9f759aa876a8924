import { type Elements, Hold, Outcome, type ProviderFace, RefusalCode, VerificationState } from '@app/contracts';
import { emptyFace } from '@app/providers';
import { messageOf } from './messages';
import { needsReview, verdictOf } from './verdict';

const elements: Elements = {
  billCode: '99060126',
  billNumber: '0000012345',
  checkCode: '1e9030',
  issueDate: '2026-07-12',
  totalAmount: '486.20',
};
const face = (changes: Partial<ProviderFace> = {}): ProviderFace => ({ ...emptyFace(), ...changes });
const CERTAIN = { state: 'answered', outcome: 'MATCH', elements, face: face({ reversed: false, ...elements }), readFace: null } as const;
const UNSAID = { nextAttemptAt: null, hold: null, refusalCode: null, refusalPassesAt: null };

describe('the light a person sees', () => {
  it('is green for a match that was explicitly not reversed', () => {
    expect(verdictOf(CERTAIN)).toBe('valid');
  });

  it('is green for nothing else', () => {
    const told = VerificationState.options.flatMap((state) =>
      Outcome.options.flatMap((outcome) =>
        [true, false, null].flatMap((reversed) => [
          { state, outcome, elements, face: face({ reversed }), readFace: null },
          { state, outcome, elements, face: null, readFace: null },
        ]),
      ),
    );
    const green = told.filter((one) => verdictOf(one) === 'valid');
    expect(green).toEqual([{ state: 'answered', outcome: 'MATCH', elements, face: face({ reversed: false }), readFace: null }]);
  });

  it.each([
    ['reversed', face({ reversed: true })],
    ['reversalNotProvided', face()],
    ['reversalNotProvided', null],
    ['unknown', face({ reversed: false, totalAmount: '486.21' })],
    ['reversed', face({ reversed: true, totalAmount: '486.21' })],
  ])('is %s for a match with such a face', (verdict, given) => {
    expect(verdictOf({ ...CERTAIN, face: given })).toBe(verdict);
  });

  it('comes with words for every state and outcome, in both languages', () => {
    for (const state of VerificationState.options) {
      for (const outcome of [...Outcome.options, null]) {
        const message = messageOf({ ...UNSAID, state, outcome, elements, face: null, readFace: null });
        expect(message['zh-CN']).toMatch(/\p{Script=Han}/u);
        expect(message.en.length).toBeGreaterThan(10);
      }
    }
  });

  it.each(Hold.options)('comes with words of its own while it waits for %s', (hold) => {
    const queued = { ...UNSAID, state: 'queued', outcome: null, elements, face: null, readFace: null } as const;
    expect(messageOf({ ...queued, hold, nextAttemptAt: new Date() })).not.toEqual(messageOf(queued));
  });

  it.each(RefusalCode.options)('says why it was refused, and from when it can be asked: %s', (refusalCode) => {
    const refused = { ...UNSAID, state: 'refused', outcome: 'DAILY_LIMIT', elements, face: null, readFace: null, refusalCode } as const;
    const told = messageOf({ ...refused, refusalPassesAt: new Date('2026-07-12T16:00:00Z') });
    expect([told['zh-CN'], told.en].every((text) => text.includes('2026-07-13 00:00'))).toBe(true);
    expect(messageOf(refused)['zh-CN']).not.toContain('2026');
  });

  describe('of a receipt', () => {
    const read = { fields: { payer: '张三', payee: '示例市第一医院', title: '医疗门诊收费票据' }, items: [] };
    const told = (changes: Partial<ProviderFace>) => ({ ...CERTAIN, face: face({ ...CERTAIN.face, ...changes }), readFace: read });

    it.each([{ payer: '李四' }, { payee: '示例市第二医院' }])('is not green when the face names another party: %j', (changes) => {
      expect([verdictOf(told(changes)), needsReview(told(changes))]).toEqual(['unknown', true]);
    });

    it('stays green, with a person to look, when the face differs elsewhere', () => {
      expect([verdictOf(told({ title: '非税收入票据' })), needsReview(told({ title: '非税收入票据' }))]).toEqual(['valid', true]);
    });

    it('is green when the parties agree, masked or not told at all', () => {
      for (const changes of [{ payer: '张*' }, { payer: null }, { payer: '张三', payee: '示例市第一医院' }]) {
        expect([verdictOf(told(changes)), needsReview(told(changes))]).toEqual(['valid', false]);
      }
    });

    it('is red for a reversed bill, whatever else is said', () => {
      expect(verdictOf(told({ reversed: true, payer: '李四' }))).toBe('reversed');
    });
  });
});
