import fc from 'fast-check';
import { type Comparison, drawConclusions, type LedgerAttempt } from './draw-conclusions';
import { matchStatement } from './match-statement';
import type { Statement, StatementLine } from './statement';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const TOLERANCE = 10 * MINUTE;
const DAY = { fromMs: 0, untilMs: 24 * HOUR };

const attempt = (id: string, changes: Partial<LedgerAttempt> & { atMs?: number } = {}): LedgerAttempt => {
  const { atMs = 12 * HOUR, ...rest } = changes;
  const billNumber = id.replace(/\D/g, '').padStart(10, '0');
  return {
    id,
    tenantId: 'tenant',
    billHash: `hash-of-bill-${billNumber}`,
    price: { hao: 3_550n, isPlaceholder: false },
    taskNumber: null,
    elements: { billCode: '99060126', billNumber, checkCode: '1e9030', issueDate: '2026-07-01', totalAmount: '486.20' },
    fromMs: atMs,
    untilMs: atMs + 1_000,
    code: null,
    charge: 'unknown',
    mayHaveCalled: true,
    ...rest,
  };
};
const lineOf = ({ elements, fromMs }: LedgerAttempt, number: number, changes: Partial<StatementLine> = {}): StatementLine => ({
  line: number,
  atMs: fromMs,
  taskNumber: null,
  bill: { billCode: elements.billCode, billNumber: elements.billNumber },
  checkCode: null,
  issueDate: null,
  totalAmount: null,
  code: '0',
  isCharged: true,
  feeHao: 3_550n,
  ...changes,
});
const concluded = (
  lines: StatementLine[],
  attempts: LedgerAttempt[],
  { unreadable = [], coverage = DAY }: { unreadable?: Statement['unreadable']; coverage?: Comparison['coverage'] } = {},
) =>
  drawConclusions({
    match: matchStatement(lines, attempts, TOLERANCE),
    statement: { lines, unreadable },
    coverage,
    toleranceMs: TOLERANCE,
    hashOf: ({ billNumber }) => `hash-of-bill-${billNumber}`,
  });
const known = attempt('k1', { charge: 'charged', code: '0' });
const unknown = attempt('u2');

describe('what follows from a statement', () => {
  it('is nothing where both agree', () => {
    expect(concluded([lineOf(known, 2)], [known])).toEqual({ conclusions: [], differences: [] });
  });

  it('is the charge of an unknown call that it lists', () => {
    const { conclusions, differences } = concluded(
      [lineOf(unknown, 2), lineOf(attempt('u3'), 3, { isCharged: false, code: '-30010' })],
      [unknown, attempt('u3')],
    );
    expect(differences).toEqual([]);
    expect(conclusions).toMatchObject([
      { attemptId: 'u2', charge: 'charged', line: 2, providerCode: '0', feeHao: 3_550n },
      { attemptId: 'u3', charge: 'notCharged', line: 3, providerCode: '-30010' },
    ]);
  });

  it('is that an unknown call was free which a statement of its whole time does not list', () => {
    expect(concluded([lineOf(known, 2)], [known, unknown])).toMatchObject({
      conclusions: [{ attemptId: 'u2', charge: 'notCharged', line: null, providerCode: null }],
      differences: [],
    });
  });

  it.each<[string, Parameters<typeof concluded>]>([
    ['no period given', [[lineOf(known, 2)], [known, unknown], { coverage: null }]],
    ['not surely within the period', [[lineOf(known, 2)], [known, attempt('u2', { atMs: 5 * MINUTE })]]],
    ['not surely within the period', [[lineOf(known, 2)], [known, attempt('u2', { atMs: 24 * HOUR - 5 * MINUTE })]]],
    ['the statement lists nothing', [[], [unknown]]],
    ['rows cannot be read', [[lineOf(known, 2)], [known, unknown], { unreadable: [{ line: 3, field: 'time' }] }]],
    [
      'charged calls are missing from the statement',
      [[lineOf(known, 2)], [known, unknown, attempt('k4', { charge: 'charged', code: '0' })]],
    ],
    [
      'a line that fits no call may be this one',
      [
        [lineOf(known, 2), lineOf(unknown, 3, { atMs: HOUR })],
        [known, unknown],
      ],
    ],
    [
      'a line that fits no call may be this one',
      [
        [lineOf(known, 2), lineOf(unknown, 3, { bill: null, taskNumber: 't9' })],
        [known, unknown],
      ],
    ],
  ])('is nothing from an absence when %s', (detail, given) => {
    const { conclusions, differences } = concluded(...given);
    expect(conclusions).toEqual([]);
    expect(differences).toContainEqual(expect.objectContaining({ kind: 'unknownNotCovered', attemptId: 'u2', detail }));
  });

  it.each<[string, StatementLine[], LedgerAttempt[], object]>([
    ['lineWithoutAttempt', [lineOf(known, 2)], [], { line: 2, attemptId: null, bill: 'hash-of-bill' }],
    ['attemptNotInStatement', [], [known], { line: null, attemptId: 'k1' }],
    ['chargedHereNotThere', [lineOf(known, 2, { isCharged: false })], [known], { line: 2, attemptId: 'k1' }],
    ['chargedThereNotHere', [lineOf(known, 2)], [{ ...known, charge: 'notCharged' }], { line: 2, attemptId: 'k1' }],
    ['feeDiffers', [lineOf(known, 2, { feeHao: 4_000n })], [known], { line: 2, attemptId: 'k1', detail: '0.40 / 0.355' }],
    ['priceNotSet', [lineOf(known, 2)], [{ ...known, price: { hao: 5_000n, isPlaceholder: true } }], { line: null, detail: '1 × 0.355' }],
    ['stillOpen', [lineOf(known, 2)], [{ ...known, charge: null }], { line: 2, attemptId: 'k1' }],
    ['ambiguous', [lineOf(unknown, 2), lineOf(unknown, 3, { isCharged: false })], [unknown], { attemptId: 'u2', detail: 'lines 2, 3' }],
  ])('is a difference: %s', (kind, lines, attempts, told) => {
    const { conclusions, differences } = concluded(lines, attempts);
    expect(conclusions).toEqual([]);
    expect(differences).toEqual([expect.objectContaining({ kind, ...told })]);
  });

  it('names no element in any difference', () => {
    const { differences } = concluded([lineOf(attempt('x7'), 2)], [known, unknown]);
    expect(JSON.stringify(differences)).not.toMatch(/99060126|0000000007|1e9030|486\.20/);
  });

  it('misses a charged call only where the statement goes on before and after it, when no period was given', () => {
    const [before, after] = [attempt('k5', { ...known, id: 'k5', fromMs: 11 * HOUR, untilMs: 11 * HOUR }), attempt('k6')];
    const lines = [lineOf(before, 2, { atMs: 11 * HOUR }), lineOf(after, 3, { atMs: 13 * HOUR })];
    const kinds = (all: StatementLine[]) =>
      concluded(all, [known], { coverage: null }).differences.filter(({ kind }) => kind === 'attemptNotInStatement');
    expect(kinds(lines.map((one) => ({ ...one, bill: { billCode: '99060126', billNumber: '9999999999' } })))).toHaveLength(1);
    expect(kinds([])).toHaveLength(0);
  });

  it('never settles a charge that was known, and no attempt twice', () => {
    const anyAttempt = fc.record({
      id: fc.constantFrom('a1', 'b1', 'c2', 'd2', 'e3'),
      charge: fc.constantFrom('charged' as const, 'notCharged' as const, 'unknown' as const, null),
      code: fc.constantFrom('0', '-30010', null),
      atMs: fc.integer({ min: 0, max: 24 * 60 }).map((minutes) => minutes * MINUTE),
    });
    const anyLine = fc.record({
      number: fc.constantFrom('1', '2', '3', '4'),
      isCharged: fc.boolean(),
      code: fc.constantFrom('0', '-30010', null),
      atMs: fc.integer({ min: 0, max: 24 * 60 }).map((minutes) => minutes * MINUTE),
    });
    fc.assert(
      fc.property(
        fc.uniqueArray(anyAttempt, { selector: ({ id }) => id, maxLength: 5 }),
        fc.array(anyLine, { maxLength: 6 }),
        (made, lines) => {
          const attempts = made.map(({ id, ...changes }) => attempt(id, changes));
          const given = lines.map(({ number, ...changes }, at) => lineOf(attempt(`x${number}`), at + 2, changes));
          const { conclusions } = concluded(given, attempts);
          const unknowns = new Set(attempts.filter(({ charge }) => charge === 'unknown').map(({ id }) => id));
          expect(conclusions.every(({ attemptId }) => unknowns.has(attemptId))).toBe(true);
          expect(new Set(conclusions.map(({ attemptId }) => attemptId)).size).toBe(conclusions.length);
        },
      ),
      { numRuns: 1_000, seed: 7 },
    );
  });
});
