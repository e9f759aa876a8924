import type { RetentionDays } from '@app/contracts';
import { changeOf, formOf, shortenedClasses, type RetentionForm } from './retention-form';

const days: RetentionDays = { verdict: null, original: null, detail: 180, personal: 3_650, rejected: 30, draft: 30, delivery: 90 };
const standing = { version: 2, days };
const changed = (changes: Partial<RetentionForm>): RetentionForm => ({ ...formOf(days), ...changes });

describe('a change of retention', () => {
  it('names what differs, of the version that was seen, and nothing else', () => {
    expect(changeOf(changed({ detail: ' 365 ', rejected: '' }), standing)).toEqual({ basedOn: 2, days: { detail: 365, rejected: null } });
  });

  it.each<[string, Partial<RetentionForm>]>([
    ['nothing differs', {}],
    ['a period is none', { detail: '1.5' }],
    ['a period is nought', { detail: '0' }],
  ])('is none while %s', (_why, changes) => {
    expect(changeOf(changed(changes), standing)).toBeNull();
  });

  it('tells which periods become shorter, since that erases', () => {
    const form = changed({ original: '3650', detail: '365', personal: '365', delivery: '' });
    expect(shortenedClasses(form, standing)).toEqual(['original', 'personal']);
  });
});
