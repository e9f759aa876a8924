import fc from 'fast-check';
import { type CalledAttempt, type Match, matchStatement } from './match-statement';
import type { StatementLine } from './statement';

const MINUTE = 60_000;
const TOLERANCE = 10 * MINUTE;

const attempt = (id: string, changes: Partial<CalledAttempt> & { atMs?: number; bill?: string } = {}): CalledAttempt => {
  const { atMs = 0, bill = '1', ...rest } = changes;
  return {
    id,
    taskNumber: null,
    elements: {
      billCode: '99060126',
      billNumber: bill.padStart(10, '0'),
      checkCode: '1e9030',
      issueDate: '2026-07-01',
      totalAmount: '486.20',
    },
    fromMs: atMs,
    untilMs: atMs + 1_000,
    code: null,
    charge: 'unknown',
    mayHaveCalled: true,
    ...rest,
  };
};
const line = (number: number, changes: Partial<StatementLine> & { number?: string } = {}): StatementLine => {
  const { number: bill = '1', ...rest } = changes;
  return {
    line: number,
    atMs: 0,
    taskNumber: null,
    bill: { billCode: '99060126', billNumber: bill.padStart(10, '0') },
    checkCode: null,
    issueDate: null,
    totalAmount: null,
    code: '0',
    isCharged: true,
    feeHao: null,
    ...rest,
  };
};
const match = (lines: StatementLine[], attempts: CalledAttempt[]) => matchStatement(lines, attempts, TOLERANCE);
const told = ({ pairs, ambiguous, strange, absent }: Match<CalledAttempt>) => ({
  pairs: pairs.map((pair) => `${pair.attempt.id}=${pair.line.line}`),
  ambiguous: ambiguous.map(({ attempts, lines }) => `${attempts.map(({ id }) => id).join()}?${lines.map(({ line: at }) => at).join()}`),
  strange: strange.map(({ line: at }) => at),
  absent: absent.map(({ id }) => id),
});
const NOTHING = { pairs: [], ambiguous: [], strange: [], absent: [] };

describe('matching a statement', () => {
  it('goes by the task number first, whatever the time', () => {
    const answered = attempt('a', { taskNumber: 't1', charge: 'charged', code: '0' });
    const near = line(2);
    const numbered = line(3, { taskNumber: 't1', atMs: 5 * 60 * MINUTE });
    expect(told(match([near, numbered], [answered]))).toEqual({ ...NOTHING, pairs: ['a=3'], strange: [2] });
  });

  it('takes no line that has the number of another call', () => {
    const answered = attempt('a', { taskNumber: 't1', charge: 'charged', code: '0' });
    expect(told(match([line(2, { taskNumber: 't2' })], [answered]))).toEqual({ ...NOTHING, strange: [2], absent: ['a'] });
  });

  it('goes by bill and time, within the tolerance and no further', () => {
    expect(told(match([line(2, { atMs: -TOLERANCE - 999 })], [attempt('a')]))).toEqual({ ...NOTHING, pairs: ['a=2'] });
    expect(told(match([line(2, { atMs: -TOLERANCE - 1_000 })], [attempt('a')]))).toEqual({ ...NOTHING, strange: [2], absent: ['a'] });
    expect(told(match([line(2, { number: '2' })], [attempt('a')]))).toEqual({ ...NOTHING, strange: [2], absent: ['a'] });
  });

  it.each([{ checkCode: '1e9031' }, { issueDate: '2026-07-02' }, { totalAmount: '486.21' }])(
    'heeds %j where the statement has it',
    (other) => {
      expect(told(match([line(2, other)], [attempt('a')]))).toEqual({ ...NOTHING, strange: [2], absent: ['a'] });
      expect(told(match([line(2, { checkCode: '1e9030' })], [attempt('a')]))).toEqual({ ...NOTHING, pairs: ['a=2'] });
    },
  );

  it('lets an answered attempt take the line of its answer, which leaves the other to the one without', () => {
    const answered = attempt('a', { charge: 'charged', code: '0' });
    const unknown = attempt('b', { atMs: MINUTE });
    expect(told(match([line(2, { atMs: MINUTE }), line(3, { code: '-30001' })], [answered, unknown]))).toEqual({
      ...NOTHING,
      pairs: ['a=2', 'b=3'],
    });
    expect(told(match([line(2, { atMs: MINUTE })], [answered, unknown]))).toEqual({ ...NOTHING, pairs: ['a=2'], absent: ['b'] });
  });

  it('pairs two attempts without an answer when their lines say the same, nearest in time first', () => {
    const [early, late] = [attempt('a'), attempt('b', { atMs: 5 * MINUTE })];
    expect(told(match([line(2, { atMs: 5 * MINUTE }), line(3)], [early, late]))).toEqual({ ...NOTHING, pairs: ['b=2', 'a=3'] });
  });

  it('does not guess which of two attempts a line belongs to', () => {
    const [early, late] = [attempt('a'), attempt('b', { atMs: 5 * MINUTE })];
    const unequal = [line(2), line(3, { atMs: 5 * MINUTE, isCharged: false, code: '-30010' })];
    expect(told(match(unequal, [early, late]))).toEqual({ ...NOTHING, ambiguous: ['a,b?2,3'] });
    expect(told(match([line(2)], [early, late]))).toEqual({ ...NOTHING, ambiguous: ['a,b?2'] });
    expect(told(match(unequal, [early]))).toEqual({ ...NOTHING, ambiguous: ['a?2,3'] });
  });

  it('keeps attempts of the same bill apart that lie further apart than the tolerance', () => {
    const [early, late] = [attempt('a'), attempt('b', { atMs: 3 * TOLERANCE })];
    const unequal = [line(2), line(3, { atMs: 3 * TOLERANCE, isCharged: false })];
    expect(told(match(unequal, [early, late]))).toEqual({ ...NOTHING, pairs: ['a=2', 'b=3'] });
  });

  it('leaves a line to the attempt that may have called, not to one of which no byte left', () => {
    const notSent = attempt('a', { charge: 'notCharged', mayHaveCalled: false });
    const unknown = attempt('b', { atMs: MINUTE });
    const free = line(2, { isCharged: false, code: '-30010' });
    expect(told(match([free], [notSent, unknown]))).toEqual({ ...NOTHING, pairs: ['b=2'], absent: ['a'] });
    expect(told(match([line(2)], [notSent]))).toEqual({ ...NOTHING, pairs: ['a=2'] });
  });

  it('counts a line that stands twice once', () => {
    const answered = attempt('a', { taskNumber: 't1', charge: 'charged', code: '0' });
    expect(told(match([line(2, { taskNumber: 't1' }), line(3, { taskNumber: 't1' })], [answered]))).toEqual({
      ...NOTHING,
      pairs: ['a=2'],
      strange: [3],
    });
  });

  it('matches a file that lists one bill many thousand times: with the square of its lines this would not end', () => {
    const lines = Array.from({ length: 50_000 }, (_, at) => line(at + 2, { code: String(at % 7) }));
    expect(match(lines, [attempt('a'), attempt('b')]).ambiguous).toHaveLength(1);
  });
});

const bills = fc.constantFrom('1', '2');
const times = fc.integer({ min: 0, max: 60 }).map((minutes) => minutes * MINUTE);
const codes = fc.constantFrom('0', '-30001', '-30010', null);
const tasks = fc.constantFrom('t1', 't2', null, null);
const anyAttempts = fc
  .array(
    fc.record({
      bill: bills,
      atMs: times,
      code: codes,
      taskNumber: tasks,
      charge: fc.constantFrom('charged' as const, 'notCharged' as const, 'unknown' as const, null),
      mayHaveCalled: fc.boolean(),
    }),
    { maxLength: 8 },
  )
  .map((all) => all.map((changes, at) => attempt(`a${at}`, changes)));
const anyLines = fc
  .array(fc.record({ number: bills, atMs: times, code: codes, taskNumber: tasks, isCharged: fc.boolean() }), { maxLength: 8 })
  .map((all) => all.map((changes, at) => line(at + 2, changes)));
const shuffled = <T>(all: readonly T[], seed: number): T[] =>
  all
    .map((one, at) => ({ one, key: ((at + 1) * (seed + 7919)) % 104_729 }))
    .sort((a, b) => a.key - b.key)
    .map(({ one }) => one);

describe('any matching', () => {
  it('is the same in whatever order lines and attempts come', () => {
    fc.assert(
      fc.property(anyLines, anyAttempts, fc.nat(), (lines, attempts, seed) => {
        expect(told(match(shuffled(lines, seed), shuffled(attempts, seed + 1)))).toEqual(told(match(lines, attempts)));
      }),
      { numRuns: 500, seed: 7 },
    );
  });

  it('holds every line and every attempt exactly once', () => {
    fc.assert(
      fc.property(anyLines, anyAttempts, (lines, attempts) => {
        const { pairs, ambiguous, strange, absent } = match(lines, attempts);
        const seenLines = [...pairs.map((pair) => pair.line), ...ambiguous.flatMap((set) => set.lines), ...strange];
        const seenAttempts = [...pairs.map((pair) => pair.attempt), ...ambiguous.flatMap((set) => set.attempts), ...absent];
        expect(new Set(seenLines)).toEqual(new Set(lines));
        expect(seenLines).toHaveLength(lines.length);
        expect(new Set(seenAttempts)).toEqual(new Set(attempts));
        expect(seenAttempts).toHaveLength(attempts.length);
      }),
      { numRuns: 500, seed: 7 },
    );
  });

  it('pairs only what is of one bill, and of one number where both have one', () => {
    fc.assert(
      fc.property(anyLines, anyAttempts, (lines, attempts) => {
        for (const pair of match(lines, attempts).pairs) {
          expect(pair.line.bill!.billNumber).toBe(pair.attempt.elements.billNumber);
          if (pair.line.taskNumber !== null && pair.attempt.taskNumber !== null) expect(pair.line.taskNumber).toBe(pair.attempt.taskNumber);
        }
      }),
      { numRuns: 500, seed: 7 },
    );
  });
});
