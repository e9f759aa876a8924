import type { ActChange, ActKind } from '@app/contracts';
import { dangerOf } from './act-danger';

const of = (kind: ActKind, ...changes: [string | null, string | null][]) =>
  dangerOf({ kind, changes: changes.map(([before, after]): ActChange => ({ field: 'detail', before, after })) });

describe('the danger of a proposal', () => {
  it('is final where nothing brings back what is done', () => {
    expect((['tenant.erase', 'subject.erase', 'key.export'] as const).map((kind) => of(kind))).toEqual(['final', 'final', 'final']);
    expect(of('bill.unbook', ['记-1', null])).toBe('serious');
  });

  it('of retention is final where any period becomes shorter', () => {
    expect(of('retention.set', ['90', '365'], ['365', '90'])).toBe('final');
    expect(of('retention.set', ['never', '9000'])).toBe('final');
    expect(of('retention.set', ['9', '10'], ['90', 'never'])).toBe('serious');
  });
});
