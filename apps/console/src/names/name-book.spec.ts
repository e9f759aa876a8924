import type { ColleagueList } from '@app/contracts';
import { UNREACHABLE, type Answer } from '../api/failure';
import { NameBook } from './name-book';

const id = (number: number): string => `019ab1c2-0000-7000-8000-${String(number).padStart(12, '0')}`;

describe('a book of names', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('asks once for all that came up together, and tells when it knows', async () => {
    const asked: (readonly string[])[] = [];
    const book = new NameBook((ids) => {
      asked.push(ids);
      return Promise.resolve({ ok: true, value: { items: [{ id: id(1), login: 'worker', displayName: '李娜' }] } });
    });
    const told = jest.fn();
    book.subscribe(told);
    expect([book.nameOf(id(1)), book.nameOf(id(2)), book.nameOf(id(1)), book.nameOf('operator')]).toEqual([null, null, null, null]);
    await jest.runAllTimersAsync();
    expect(asked).toEqual([[id(1), id(2)]]);
    expect([book.nameOf(id(1)), book.nameOf(id(2)), told.mock.calls.length, book.version()]).toEqual(['李娜', null, 1, 1]);
    await jest.runAllTimersAsync();
    expect(asked).toHaveLength(1);
  });

  it('asks for no more at a time than one question holds', async () => {
    const sizes: number[] = [];
    const book = new NameBook((ids) => {
      sizes.push(ids.length);
      return Promise.resolve({ ok: true, value: { items: [] } });
    });
    for (let number = 0; number < 120; number += 1) book.nameOf(id(number));
    await jest.runAllTimersAsync();
    expect(sizes).toEqual([50, 50, 20]);
  });

  it('asks again for whom it got no answer', async () => {
    const answers: Answer<ColleagueList>[] = [
      UNREACHABLE,
      { ok: true, value: { items: [{ id: id(1), login: 'worker', displayName: '李娜' }] } },
    ];
    const book = new NameBook(() => Promise.resolve(answers.shift()!));
    book.nameOf(id(1));
    await jest.runAllTimersAsync();
    expect(book.nameOf(id(1))).toBeNull();
    await jest.runAllTimersAsync();
    expect(book.nameOf(id(1))).toBe('李娜');
  });
});
