import type { Decision, Reading } from '@app/contracts';
import { type BillComparison, compareBill } from './compare-bill';
import type { Expectation, ExpectedDocument } from './expected-document';
import { pairBills } from './pair-bills';

/** One file as read and compared. */
export interface DocumentMeasure {
  file: string;
  form: string;
  note: string;
  expect: Expectation;
  why: string;
  ms: number;
  decision: Decision;
  /** The code of the refusal. */
  refusal: string | null;
  /** Codes of the reasons for review, of all bills. */
  reasons: string[];
  bills: BillComparison[];
}

/** Compares everything that was read of a file with what is printed there; `ms` is how long the reader took. */
export function compareDocument(expected: ExpectedDocument, reading: Reading, ms: number): DocumentMeasure {
  const { file, form, note, expect, why } = expected;
  return {
    file,
    form,
    note,
    expect,
    why,
    ms,
    decision: reading.decision,
    refusal: reading.refusal?.code ?? null,
    reasons: reading.bills.flatMap(({ reasons }) => reasons.map(({ code, field }) => (field ? `${code} ${field}` : code))),
    bills: pairBills(expected.bills, reading.bills).map((pair) => compareBill(pair.expected, pair.bill, expected.absent)),
  };
}

/** Elements that were read wrongly on bills that would go on without a person, one text each. */
export function wrongInAuto(measure: DocumentMeasure): string[] {
  return measure.bills
    .filter(({ decision }) => decision === 'auto')
    .flatMap(({ wrongElements }) => wrongElements.map((name) => `${measure.file}: ${name}`));
}

/** Whether the decision is what the file calls for: a bill that agrees may be sent to a person, but not be refused. */
export function isDecidedRight({ expect, decision }: DocumentMeasure): boolean {
  return expect === 'read' ? decision !== 'refuse' : decision === expect;
}
