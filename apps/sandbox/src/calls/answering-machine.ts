import { setTimeout as sleep } from 'node:timers/promises';
import type { Outcome, ProviderFace } from '@app/contracts';
import { emptyFace } from '@app/providers';
import type { BookEntry, Fault } from '../book/book.schema';
import type { FaultScript, Mishap } from '../book/fault-script';
import type { IncomingCall, SandboxDialect, Verdict } from '../dialects/sandbox-dialect';
import type { Ledger, LedgerLine } from '../records/ledger';
import { refusalOf, shanghaiDay, type AskedBill } from './asked-bill';
import { DAILY_LOOKUPS } from './daily-lookups';

/** What goes back over the wire; null closes the connection without a byte. */
export type WireAnswer = { httpStatus: number; contentType: string; body: Buffer; isCut: boolean } | null;

const NOT_ASKED: AskedBill = { billCode: '', billNumber: '', checkCode: '', issueDate: '', totalAmount: '' };

/** Decides a call as a provider would, writes it into the ledger, and answers it, well or badly. */
export class AnsweringMachine {
  constructor(
    private readonly bills: readonly BookEntry[],
    private readonly ledger: Ledger,
    private readonly faults: FaultScript,
  ) {}

  /** @throws FormError */
  async answer(dialect: SandboxDialect, call: IncomingCall, requestNumber: number): Promise<WireAnswer> {
    const now = new Date();
    const read = dialect.read(call, now);
    const asked = 'asked' in read ? read.asked : NOT_ASKED;
    const entry = this.bills.find(({ elements }) => elements.billCode === asked.billCode && elements.billNumber === asked.billNumber);
    const mishap = this.faults.take(dialect.provider, asked.billNumber, entry);
    const number = this.ledger.lines.length + 1;
    const taskNumber = `${now.toISOString().replace(/\D/g, '').slice(0, 14)}${String(number).padStart(6, '0')}`;
    const decided = 'asked' in read ? this.decide(dialect, asked, entry, now) : { ...read.refusedWith, lookedUp: null, face: null };
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
      delivery: deliveryOf(mishap.fault),
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
  return { ...decided, charged: !preventsLookUp(fault) && dialect.isCharged(decided.code) };
}

function preventsLookUp(fault: Fault | null): boolean {
  return fault?.kind === 'code' || (fault?.kind === 'drop' && fault.when === 'beforeCharge');
}

function deliveryOf(fault: Fault | null): LedgerLine['delivery'] {
  if (!fault || fault.kind === 'code') return 'answered';
  return fault.kind === 'drop' ? 'dropped' : 'damaged';
}

async function deliver(dialect: SandboxDialect, verdict: Verdict, { fault, delayMs }: Mishap): Promise<WireAnswer> {
  if (delayMs > 0) await sleep(delayMs);
  const contentType = 'application/json;charset=UTF-8';
  const json = { httpStatus: 200, contentType, body: dialect.write(verdict), isCut: false };
  switch (fault?.kind) {
    case undefined:
    case 'code':
      return json;
    case 'drop':
      return null;
    case 'cut':
      return { ...json, body: json.body.subarray(0, json.body.length >> 1), isCut: true };
    case 'empty':
      return { ...json, body: Buffer.alloc(0) };
    case 'huge':
      return { ...json, body: Buffer.alloc(fault.sizeB, ' ') };
    case 'html':
      return {
        httpStatus: fault.httpStatus,
        contentType: 'text/html',
        body: Buffer.from('<html><body><h1>502 Bad Gateway</h1></body></html>'),
        isCut: false,
      };
  }
}
