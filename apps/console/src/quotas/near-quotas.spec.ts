import type { QuotasView } from '@app/contracts';
import { nearQuotas } from './near-quotas';

const quotas: QuotasView['quotas'] = {
  uploadsPerDay: { limit: 100, used: 80, freeAt: '2026-11-02T16:00:00.000Z' },
  storedBytes: { limit: 1_000, used: 1_000, freeAt: null },
  waitingReceipts: { limit: null, used: 9_000, freeAt: null },
  exportsPerDay: { limit: 10, used: 7, freeAt: null },
};

describe('quotas near their bound', () => {
  it('are told from four fifths on, the fullest first, and never without a bound', () => {
    expect(nearQuotas({ quotas }, ['uploadsPerDay', 'storedBytes', 'waitingReceipts'])).toEqual([
      { kind: 'storedBytes', used: 1_000, limit: 1_000, isFull: true, freeAt: null },
      { kind: 'uploadsPerDay', used: 80, limit: 100, isFull: false, freeAt: '2026-11-02T16:00:00.000Z' },
    ]);
    expect(nearQuotas({ quotas }, ['exportsPerDay'])).toEqual([]);
  });

  it('are full at a bound of nothing', () => {
    const none = { ...quotas, exportsPerDay: { limit: 0, used: 0, freeAt: null } };
    expect(nearQuotas({ quotas: none }, ['exportsPerDay'])[0]?.isFull).toBe(true);
  });
});
