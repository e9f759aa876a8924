import { AuditQuery } from '@app/contracts';
import { emptyForm, questionOf } from './audit-question';

const form = emptyForm('2026-07-13');

describe('a question to the audit', () => {
  it('is the last week at first, by days of China, and one the API takes', () => {
    const question = questionOf(form);
    expect(question).toEqual({ query: { from: '2026-07-06T16:00:00.000Z', to: '2026-07-13T16:00:00.000Z' } });
    expect('query' in question && AuditQuery.safeParse(question.query).success).toBe(true);
  });

  it('holds what was filled in', () => {
    expect(questionOf({ ...form, action: ' bill.book ', result: 'failure' })).toMatchObject({
      query: { action: 'bill.book', result: 'failure' },
    });
  });

  it.each([
    ['2026-07-14', '2026-07-13', 'badWindow'],
    ['2026-04-11', '2026-07-13', 'badWindow'],
    ['', '2026-07-13', 'badWindow'],
    ['2026-02-31', 'x', 'badWindow'],
  ])('from %p to %p is none', (from, to, fault) => {
    expect(questionOf({ ...form, from, to })).toEqual({ fault });
  });

  it('goes as far as 93 days', () => {
    expect(questionOf({ ...form, from: '2026-04-12', to: '2026-07-13' })).toHaveProperty('query');
  });

  it('needs the type of a target beside its id', () => {
    expect(questionOf({ ...form, targetId: 'x' })).toEqual({ fault: 'needsType' });
    expect(questionOf({ ...form, targetId: 'x', targetType: 'bill' })).toHaveProperty('query.targetId', 'x');
  });
});
