import type { SettledCharge } from '@app/contracts';
import type { CallPrice } from '../charges/call-prices.store';
import { formatYuan } from '../charges/yuan';
import { byPlace, type Difference, type DifferenceKind } from './difference';
import type { CalledAttempt, Match, Pair } from './match-statement';
import type { Statement, StatementLine } from './statement';

/** An attempt of the ledger. */
export interface LedgerAttempt extends CalledAttempt {
  tenantId: string;
  billHash: string;
  price: CallPrice;
}

/** An unknown charge that the statement tells. `line` is null where the call is not listed although every call would be. */
export interface Conclusion {
  tenantId: string;
  attemptId: string;
  bill: string;
  charge: SettledCharge;
  line: number | null;
  providerCode: string | null;
  feeHao: bigint | null;
}

/** What a statement is compared by. */
export interface Comparison {
  match: Match<LedgerAttempt>;
  statement: Statement;
  /** Instants between which the statement is said to list every call; null where nobody said so. */
  coverage: { fromMs: number; untilMs: number } | null;
  toleranceMs: number;
  /** Keyed hash of a bill. */
  hashOf: (bill: { billCode: string; billNumber: string }) => string;
}

/** Characters of a bill's keyed hash that a report shows. */
const SHOWN_HASH = 12;

/** What follows from a comparison: unknown charges that are certain now, and differences. A charge that was known is never concluded anew. */
export function drawConclusions(comparison: Comparison): { conclusions: Conclusion[]; differences: Difference[] } {
  const { match, statement } = comparison;
  const conclusions = match.pairs.filter(isUnknown).map(conclusionOf);
  const differences = [
    ...statement.unreadable.map(({ line, field }) => difference('unreadableRow', { line, detail: field })),
    ...match.pairs.flatMap(differenceOfPair),
    ...missingPrices(match.pairs),
    ...match.strange.map((line) => ofStrangeLine(line, comparison)),
    ...match.ambiguous.flatMap(({ attempts, lines }) =>
      attempts.map((attempt) => difference('ambiguous', { attempt, detail: `lines ${lines.map(({ line }) => line).join(', ')}` })),
    ),
  ];
  const missing = match.absent.filter((attempt) => attempt.charge === 'charged' && shouldBeListed(attempt, comparison));
  differences.push(...missing.map((attempt) => difference('attemptNotInStatement', { attempt })));
  for (const attempt of match.absent.filter(({ charge }) => charge === 'unknown')) {
    const doubt = doubtOfAbsence(attempt, comparison, missing.length > 0);
    if (doubt === null) conclusions.push(absent(attempt));
    else differences.push(difference('unknownNotCovered', { attempt, detail: doubt }));
  }
  return { conclusions: conclusions.sort((a, b) => (a.attemptId < b.attemptId ? -1 : 1)), differences: differences.sort(byPlace) };
}

function isUnknown({ attempt }: Pair<LedgerAttempt>): boolean {
  return attempt.charge === 'unknown';
}

function conclusionOf({ line, attempt }: Pair<LedgerAttempt>): Conclusion {
  const charge = line.isCharged ? 'charged' : 'notCharged';
  return { ...identityOf(attempt), charge, line: line.line, providerCode: line.code, feeHao: line.feeHao };
}

function absent(attempt: LedgerAttempt): Conclusion {
  return { ...identityOf(attempt), charge: 'notCharged', line: null, providerCode: null, feeHao: null };
}

function identityOf({ tenantId, id, billHash }: LedgerAttempt): Pick<Conclusion, 'tenantId' | 'attemptId' | 'bill'> {
  return { tenantId, attemptId: id, bill: billHash.slice(0, SHOWN_HASH) };
}

function differenceOfPair({ line, attempt }: Pair<LedgerAttempt>): Difference[] {
  const at = { line: line.line, attempt };
  if (attempt.charge === null) return [difference('stillOpen', at)];
  if (attempt.charge === 'charged' && !line.isCharged)
    return [difference('chargedHereNotThere', { ...at, detail: codesOf(line, attempt) })];
  if (attempt.charge === 'notCharged' && line.isCharged)
    return [difference('chargedThereNotHere', { ...at, detail: codesOf(line, attempt) })];
  if (!hasOtherFee(line, attempt) || attempt.price.isPlaceholder) return [];
  return [difference('feeDiffers', { ...at, detail: `${formatYuan(line.feeHao ?? 0n)} / ${formatYuan(attempt.price.hao)}` })];
}

function codesOf(line: StatementLine, attempt: LedgerAttempt): string {
  return `${line.code ?? '-'} / ${attempt.code ?? '-'}`;
}

function hasOtherFee({ isCharged, feeHao }: StatementLine, { price }: LedgerAttempt): boolean {
  return isCharged && feeHao !== null && feeHao !== price.hao;
}

/** A placeholder is no price that a fee could differ from: one difference says for all of them that the contract's is missing. */
function missingPrices(pairs: readonly Pair<LedgerAttempt>[]): Difference[] {
  const unpriced = pairs.filter(({ line, attempt }) => attempt.price.isPlaceholder && hasOtherFee(line, attempt));
  if (unpriced.length === 0) return [];
  const fees = [...new Set(unpriced.map(({ line }) => formatYuan(line.feeHao ?? 0n)))].sort();
  return [difference('priceNotSet', { detail: `${unpriced.length} × ${fees.slice(0, 5).join(', ')}` })];
}

function ofStrangeLine(line: StatementLine, { hashOf }: Comparison): Difference {
  const bill = line.bill === null ? null : hashOf(line.bill).slice(0, SHOWN_HASH);
  return { ...difference('lineWithoutAttempt', { line: line.line, detail: line.isCharged ? 'charged' : 'free' }), bill };
}

/** A charged call should stand in a statement that covers its time, or whose lines go on both before and after it. */
function shouldBeListed(attempt: LedgerAttempt, comparison: Comparison): boolean {
  if (comparison.coverage !== null) return isWithin(attempt, comparison.coverage, comparison.toleranceMs);
  return isWithin(attempt, spanOf(comparison.statement.lines), 0);
}

function spanOf(lines: readonly StatementLine[]): { fromMs: number; untilMs: number } {
  const span = { fromMs: Infinity, untilMs: -Infinity };
  for (const { atMs } of lines) {
    span.fromMs = Math.min(span.fromMs, atMs);
    span.untilMs = Math.max(span.untilMs, atMs);
  }
  return span;
}

function isWithin({ fromMs, untilMs }: CalledAttempt, span: { fromMs: number; untilMs: number }, marginMs: number): boolean {
  return fromMs >= span.fromMs + marginMs && untilMs <= span.untilMs - marginMs;
}

/** Why the absence of an attempt proves nothing; null where it does. */
function doubtOfAbsence(
  attempt: LedgerAttempt,
  { match, statement, coverage, toleranceMs }: Comparison,
  isIncomplete: boolean,
): string | null {
  if (coverage === null) return 'no period given';
  if (!isWithin(attempt, coverage, toleranceMs)) return 'not surely within the period';
  if (statement.lines.length === 0) return 'the statement lists nothing';
  if (statement.unreadable.length > 0) return 'rows cannot be read';
  if (isIncomplete) return 'charged calls are missing from the statement';
  const others = [...match.strange, ...match.ambiguous.flatMap(({ lines }) => lines)];
  const mayBeThis = others.some(({ bill }) => bill === null || isBillOf(attempt, bill));
  return mayBeThis ? 'a line that fits no call may be this one' : null;
}

function isBillOf({ elements }: CalledAttempt, bill: { billCode: string; billNumber: string }): boolean {
  return bill.billCode === elements.billCode && bill.billNumber === elements.billNumber;
}

function difference(
  kind: DifferenceKind,
  { line = null, attempt, detail = '' }: { line?: number | null; attempt?: LedgerAttempt; detail?: string },
): Difference {
  return { kind, line, attemptId: attempt?.id ?? null, bill: attempt?.billHash.slice(0, SHOWN_HASH) ?? null, detail };
}
