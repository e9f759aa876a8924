import { type Elements, Outcome, type ProviderFace, VerificationState } from '@app/contracts';
import { emptyFace } from '@app/providers';
import { messageOf } from './messages';
import { verdictOf } from './verdict';

const elements: Elements = {
  billCode: '99060126',
  billNumber: '0000012345',
  checkCode: '1e9030',
  issueDate: '2026-07-12',
  totalAmount: '486.20',
};
const face = (changes: Partial<ProviderFace> = {}): ProviderFace => ({ ...emptyFace(), ...changes });
const CERTAIN = { state: 'answered', outcome: 'MATCH', elements, face: face({ reversed: false, ...elements }) } as const;

describe('the light a person sees', () => {
  it('is green for a match that was explicitly not reversed', () => {
    expect(verdictOf(CERTAIN)).toBe('valid');
  });

  it('is green for nothing else', () => {
    const told = VerificationState.options.flatMap((state) =>
      Outcome.options.flatMap((outcome) =>
        [true, false, null].flatMap((reversed) => [
          { state, outcome, elements, face: face({ reversed }) },
          { state, outcome, elements, face: null },
        ]),
      ),
    );
    const green = told.filter((one) => verdictOf(one) === 'valid');
    expect(green).toEqual([{ state: 'answered', outcome: 'MATCH', elements, face: face({ reversed: false }) }]);
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
        const message = messageOf({ state, outcome, elements, face: null, nextAttemptAt: null });
        expect(message['zh-CN']).toMatch(/\p{Script=Han}/u);
        expect(message.en.length).toBeGreaterThan(10);
      }
    }
  });

  it('tells a person that an unreachable gateway costs nothing twice', () => {
    const queued = { state: 'queued', outcome: null, elements, face: null } as const;
    const told = messageOf({ ...queued, nextAttemptAt: new Date() });
    expect(told).not.toEqual(messageOf({ ...queued, nextAttemptAt: null }));
  });
});
