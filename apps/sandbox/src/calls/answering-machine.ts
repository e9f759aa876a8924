import { type Outcome, type ProviderFace, shanghaiDay } from '@app/contracts';
import { emptyFace } from '@app/providers';
import type { BookEntry } from '../book/book.schema';
import type { FaultScript } from '../book/fault-script';
import type { Fault } from '../book/fault.schema';
import type { IncomingCall, SandboxDialect, Verdict } from '../dialects/sandbox-dialect';
import type { Ledger, LedgerLine } from '../records/ledger';
import { refusalOf, type AskedBill } from './asked-bill';
import { DAILY_LOOKUPS } from './daily-lookups';
import { deliver } from './deliver';
import type { WireAnswer } from './wire-answer';

const NOT_ASKED: AskedBill = { billCode: '', billNumber: '', checkCode: '', issueDate: '', totalAmount: '' };

/** Decides a call as a provider would, writes it into the ledger, and answers it, well or badly. */
export class AnsweringMachine {
  private readonly bills: ReadonlyMap<string, BookEntry>;

  constructor(
    bills: readonly BookEntry[],
    private readonly ledger: Ledger,
    private readonly faults: FaultScript,
  ) {
    // Of two entries for one bill the first counts.
    this.bills = new Map(bills.toReversed().map((entry) => [keyOf(entry.elements), entry]));
  }

  /** @throws FormError */
  async answer(dialect: SandboxDialect, call: IncomingCall, requestNumber: number): Promise<WireAnswer> {
    const now = new Date();
    const seen = readAt(dialect, call, now);
    const entry = this.bills.get(keyOf(seen.asked ?? NOT_ASKED));
    const mishap = this.faults.take({ provider: dialect.provider, billNumber: seen.asked?.billNumber ?? '', requestNumber }, entry);
    // A provider whose clock is off judges the signature by that clock.
    const skewMs = mishap.fault?.kind === 'clockSkew' ? mishap.fault.skewMs : 0;
    const read = skewMs === 0 ? seen : readAt(dialect, call, new Date(now.getTime() + skewMs));
    const asked = read.asked ?? NOT_ASKED;
    const number = this.ledger.lines.length + 1;
    const taskNumber = `${now.toISOString().replace(/\D/g, '').slice(0, 14)}${String(number).padStart(6, '0')}`;
    const decided = read.asked ? this.decide(dialect, asked, entry, now) : { ...read.refusedWith, lookedUp: null, face: null };
    const verdict = applyFault(dialect, { ...decided, taskNumber }, mishap.fault);
    // No await between counting and adding: two calls at once must not both be a bill's fifth.
    await this.ledger.add({
      number,
      at: now.toISOString(),
      day: shanghaiDay(now),
      provider: dialect.provider,
      requestNumber,
      taskNumber,
      billCode: asked.billCode,
      billNumber: asked.billNumber,
      code: verdict.code,
      lookedUp: preventsLookUp(mishap.fault) ? null : decided.lookedUp,
      charged: verdict.charged,
      reached: !isLostBefore(mishap.fault),
      delivery: deliveryOf(mishap.fault),
      fault: mishap.fault?.kind ?? null,
    });
    return deliver(dialect, verdict, mishap);
  }

  private decide(dialect: SandboxDialect, asked: AskedBill, entry: BookEntry | undefined, now: Date) {
    const today = shanghaiDay(now);
    const counted = this.ledger.count(dialect.provider, today, asked);
    const refusal = refusalOf(asked, today) ?? (counted.total >= DAILY_LOOKUPS ? dialect.limitOutcome(counted.failed) : null);
    const outcome: Outcome = refusal ?? lookUp(asked, entry);
    const face = outcome === 'MATCH' && entry ? faceOf(entry, counted.total + 1) : null;
    return { code: dialect.codeOf(outcome), message: undefined, lookedUp: refusal ? null : outcome, face };
  }
}

const keyOf = (bill: { billCode: string; billNumber: string }): string => `${bill.billCode}/${bill.billNumber}`;

function readAt(dialect: SandboxDialect, call: IncomingCall, now: Date) {
  const read = dialect.read(call, now);
  return 'asked' in read ? { asked: read.asked, refusedWith: undefined } : { asked: undefined, refusedWith: read.refusedWith };
}

function lookUp(asked: AskedBill, entry: BookEntry | undefined): Outcome {
  if (!entry) return 'NOT_FOUND';
  const { checkCode, issueDate, totalAmount } = entry.elements;
  return asked.checkCode === checkCode && asked.issueDate === issueDate && asked.totalAmount === totalAmount ? 'MATCH' : 'MISMATCH';
}

function faceOf(entry: BookEntry, verificationCount: number): ProviderFace {
  const { elements, face } = entry;
  return {
    ...emptyFace(),
    verificationCount,
    ...face,
    ...elements,
    reversed: entry.reversed ?? face.reversed ?? false,
    accounted: entry.accounted ?? face.accounted ?? false,
    printed: entry.printed ?? face.printed ?? false,
  };
}

function applyFault(dialect: SandboxDialect, decided: Omit<Verdict, 'charged'>, fault: Fault | null): Verdict {
  if (fault?.kind === 'code') {
    const charged = fault.charge ?? dialect.isCharged(fault.code);
    return { code: fault.code, charged, face: null, taskNumber: decided.taskNumber };
  }
  const byCode = dialect.isCharged(decided.code);
  if (fault?.kind === 'contradictCharge' && dialect.hasChargeFlag) return { ...decided, charged: !byCode };
  return { ...decided, charged: !preventsLookUp(fault) && byCode };
}

function preventsLookUp(fault: Fault | null): boolean {
  return fault?.kind === 'code' || isLostBefore(fault);
}

function isLostBefore(fault: Fault | null): boolean {
  return fault !== null && 'when' in fault && fault.when === 'beforeCharge';
}

/** What the other side can make of it: the verdict, nothing, or something that it must not believe. */
const DELIVERIES: Readonly<Record<Fault['kind'], LedgerLine['delivery']>> = {
  code: 'answered',
  contradictCharge: 'answered',
  drip: 'answered',
  contentType: 'answered',
  codeForm: 'answered',
  envelope: 'answered',
  clockSkew: 'answered',
  drop: 'dropped',
  stall: 'dropped',
  cutHeaders: 'damaged',
  cut: 'damaged',
  halfJson: 'damaged',
  empty: 'damaged',
  huge: 'damaged',
  html: 'damaged',
  http: 'damaged',
  redirect: 'damaged',
  jsonType: 'damaged',
  duplicateKeys: 'damaged',
};

function deliveryOf(fault: Fault | null): LedgerLine['delivery'] {
  if (fault?.kind === 'duplicateKeys' && !fault.conflicting) return 'answered';
  return fault ? DELIVERIES[fault.kind] : 'answered';
}
