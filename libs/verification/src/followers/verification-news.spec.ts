import { WebhookPayload } from '@app/contracts';
import { emptyFace } from '@app/providers';
import { v7 as uuidv7 } from 'uuid';
import { verificationNews } from './verification-news';
import { Verification } from '../verification.entity';

const ELEMENTS = { billCode: '99060126', billNumber: '0000012345', checkCode: '1e9030', issueDate: '2026-07-12', totalAmount: '486.20' };

function verification(changes: Partial<Verification>): Verification {
  const base = {
    id: uuidv7(),
    receiptId: null,
    idempotencyKey: 'claim-1',
    state: 'answered',
    outcome: 'MATCH',
    charge: 'charged',
  } as const;
  return Object.assign(new Verification(), {
    ...ELEMENTS,
    ...base,
    readFace: null,
    face: { ...emptyFace(), payer: '甲', reversed: false },
    ...changes,
  });
}

const typesOf = (changes: Partial<Verification>): string[] => verificationNews(verification(changes)).map(({ type }) => type);

describe('verificationNews', () => {
  it.each(['queued', 'waiting'] as const)('tells nothing while it is %s', (state) => expect(typesOf({ state })).toEqual([]));

  it.each(['answered', 'refused', 'failed'] as const)('tells that it is settled when it is %s', (state) => {
    expect(typesOf({ state })).toEqual(['verification.settled']);
  });

  it('tells that the answer is lost', () => {
    expect(typesOf({ state: 'unknown', outcome: 'NETWORK_TIMEOUT', face: null })).toEqual(['verification.unknown']);
  });

  it('tells apart that the bill was reversed', () => {
    expect(typesOf({ face: { ...emptyFace(), reversed: true } })).toEqual(['verification.settled', 'verification.reversed']);
  });

  it('holds no element and nothing of the provider', () => {
    const [{ type, data }] = verificationNews(verification({})) as [ReturnType<typeof verificationNews>[number]];
    const body = JSON.stringify(WebhookPayload.parse({ type, timestamp: new Date().toISOString(), data }));
    expect(body).toContain('"verdict":"valid"');
    for (const secret of [...Object.values(ELEMENTS), '甲']) expect(body).not.toContain(secret);
  });
});
