import type { AuditLog } from '@app/audit';
import { ProblemError, type ProviderId, shanghaiDay } from '@app/contracts';
import type { Actor, UnitOfWork } from '@app/database';
import { createHash } from 'node:crypto';
import { inEachTenant } from '../charges/each-tenant';
import type { Settlements } from '../charges/settlement/settlements.service';
import type { KnownTenant, TenantDirectory } from '../charges/tenant-directory';
import type { ElementsHasher } from '../elements-hasher';
import { byPlace, type Difference } from './difference';
import { type Conclusion, drawConclusions, type LedgerAttempt } from './draw-conclusions';
import { matchStatement } from './match-statement';
import type { StatementFile } from './read-statement';
import type { ReconciliationStore } from './reconciliation.store';
import { type Statement, StatementError } from './statement';

/** What to compare, and whether to write what follows from it. */
export interface ReconciliationOrder {
  provider: ProviderId;
  file: StatementFile;
  /** Shanghai days, both included, of which the statement lists every call; null where that is not known. */
  period: { from: string; to: string } | null;
  toleranceMs: number;
  apply: boolean;
}

/** What a comparison came to. Attempts, lines and hashes: no element of any bill. */
export interface ReconciliationReport {
  provider: ProviderId;
  sha256: string;
  period: { from: string; to: string } | null;
  lines: number;
  attempts: number;
  pairs: number;
  /** Unknown charges that the statement tells; written only where `isApplied`. */
  settlements: Conclusion[];
  differences: Difference[];
  isApplied: boolean;
  /** This statement was applied before, and nothing has changed since. */
  isRepeated: boolean;
}

const DAY_MS = 86_400_000;
const MAX_DAYS = 400;
const MAX_ATTEMPTS = 200_000;

/** Compares a provider's bill with the attempts of all tenants, as the owner; closes unknown charges, and changes no known one. */
export class Reconciliation {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tenants: TenantDirectory,
    private readonly store: ReconciliationStore,
    private readonly settlements: Settlements,
    private readonly hasher: ElementsHasher,
    private readonly audit: AuditLog,
  ) {}

  /** @throws StatementError for a period or a statement that is too long, or a period that is not over yet */
  async run(actor: Actor, order: ReconciliationOrder): Promise<ReconciliationReport> {
    const { provider, file, period, toleranceMs } = order;
    const tenants = await this.tenants.all();
    const coverage = period && coverageOf(period);
    const attempts = await this.attemptsOf(tenants, actor, order, coverage);
    const match = matchStatement(file.statement.lines, attempts, toleranceMs);
    const hashOf = (bill: { billCode: string; billNumber: string }): string => this.hasher.ofBill(bill);
    const { conclusions, differences } = drawConclusions({ match, statement: file.statement, coverage, toleranceMs, hashOf });
    const report = {
      provider,
      sha256: file.sha256,
      period,
      lines: file.statement.lines.length + file.statement.unreadable.length,
      attempts: attempts.length,
      pairs: match.pairs.length,
    };
    if (!order.apply) return { ...report, settlements: conclusions, differences, isApplied: false, isRepeated: false };
    const { settled, refused } = await this.settleAll(actor, file.sha256, conclusions);
    const all = [...differences, ...refused].sort(byPlace);
    const applied = { ...report, settlements: settled, differences: all, isApplied: true };
    return { ...applied, isRepeated: !(await this.record(tenants, actor, applied)) };
  }

  private async attemptsOf(
    tenants: readonly KnownTenant[],
    actor: Actor,
    { provider, file, toleranceMs }: ReconciliationOrder,
    coverage: Span | null,
  ): Promise<LedgerAttempt[]> {
    const span = spanOf(file.statement, coverage);
    if (span === null) return [];
    if (span.untilMs - span.fromMs > MAX_DAYS * DAY_MS)
      throw new StatementError(`the statement's calls and its period span more than ${MAX_DAYS} days: is a time misread?`);
    const query = { provider, fromMs: span.fromMs - toleranceMs, untilMs: span.untilMs + toleranceMs + 1 };
    const attempts: LedgerAttempt[] = [];
    for (const { id: tenantId } of tenants) {
      const limit = MAX_ATTEMPTS - attempts.length + 1;
      for (const one of await this.unitOfWork.run({ tenantId, actor }, (tx) => this.store.attempts(tx, { ...query, limit })))
        attempts.push(one);
      if (attempts.length > MAX_ATTEMPTS)
        throw new StatementError(`more than ${MAX_ATTEMPTS} calls fall into the statement's time: compare shorter periods`);
    }
    return attempts;
  }

  /** One transaction each: what was settled stays settled when a later one fails, and running again goes on. */
  private async settleAll(
    actor: Actor,
    sha256: string,
    conclusions: readonly Conclusion[],
  ): Promise<{ settled: Conclusion[]; refused: Difference[] }> {
    const settled: Conclusion[] = [];
    const refused: Difference[] = [];
    for (const conclusion of conclusions) {
      const { tenantId, attemptId, bill, charge, line, providerCode, feeHao } = conclusion;
      const source = { source: 'statement', statement: { sha256, line }, reason: null } as const;
      try {
        await this.settlements.settle({ tenantId, actor }, { attemptId, charge, providerCode, feeHao, ...source });
        settled.push(conclusion);
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error;
        refused.push({ kind: 'changedMeanwhile', line, attemptId, bill, detail: error.code });
      }
    }
    return { settled, refused };
  }

  /** Records the comparison and tells every tenant's audit; false when the same was recorded already. */
  private async record(
    tenants: readonly KnownTenant[],
    actor: Actor,
    { provider, sha256, period, lines, pairs, settlements, differences }: Omit<ReconciliationReport, 'isRepeated'>,
  ): Promise<boolean> {
    const [first] = tenants;
    if (first === undefined) return false;
    const resultHash = createHash('sha256').update(JSON.stringify(differences)).digest('hex');
    return this.unitOfWork.run({ tenantId: first.id, actor }, async (tx) => {
      const last = await this.store.lastResult(tx, { provider, sha256, period });
      if (last === resultHash && settlements.length === 0) return false;
      const counts = { lineCount: lines, pairCount: pairs, settledCount: settlements.length };
      const id = await this.store.insert(tx, { provider, sha256, period, ...counts, resultHash, differences });
      const ids = tenants.map((tenant) => tenant.id);
      await inEachTenant(tx, ids, (each) =>
        this.audit.append(each, {
          action: 'charge.reconcile',
          targetType: 'reconciliation',
          targetId: id,
          detail: {
            provider,
            statementSha256: sha256,
            from: period?.from ?? null,
            to: period?.to ?? null,
            settled: settlements.filter(({ tenantId }) => tenantId === each.tenant.tenantId).length,
          },
        }),
      );
      return true;
    });
  }
}

interface Span {
  fromMs: number;
  untilMs: number;
}

/** A day that is not over has calls to come: a statement cannot list them all. */
function coverageOf({ from, to }: { from: string; to: string }): Span {
  if (from > to) throw new StatementError('the period ends before it begins');
  if (to >= shanghaiDay(new Date())) throw new StatementError('the period must end before today: a day that is not over has calls to come');
  return { fromMs: Date.parse(`${from}T00:00:00+08:00`), untilMs: Date.parse(`${to}T00:00:00+08:00`) + DAY_MS };
}

function spanOf({ lines }: Statement, coverage: Span | null): Span | null {
  if (lines.length === 0) return coverage;
  const span = { fromMs: coverage?.fromMs ?? Infinity, untilMs: coverage?.untilMs ?? -Infinity };
  for (const { atMs } of lines) {
    span.fromMs = Math.min(span.fromMs, atMs);
    span.untilMs = Math.max(span.untilMs, atMs);
  }
  return span;
}
