import type { Decision, Elements, Outcome, ProblemCode, ProviderId, Verdict } from '@app/contracts';
import type { SandboxBill } from '@app/devstack';
import {
  billOfd,
  billPdf,
  renderBill,
  renderTaxInvoice,
  sampleBill,
  type RenderOptions,
  type SampleBill,
  type SampleKind,
} from '@app/samples';

/** What reading and verifying a sample must come to. */
export interface Expectation {
  decision: Decision;
  /** Each element is read as this or, where a person must look, not at all; null for what is no fiscal bill. */
  elements: Elements | null;
  /** The provider's word, or the problem that keeps the sample from being sent. */
  end: { outcome: Outcome; verdict: Verdict } | { notSent: ProblemCode };
}

/** One made-up receipt of the demo; files are shown in the order of their names. */
export interface DemoSample {
  file: string;
  provider: ProviderId;
  /** What the simulated providers know of it; null when they do not. */
  known: SandboxBill | null;
  expected: Expectation;
  /** The bytes of its file. */
  write(): Promise<Buffer>;
}

/** A fiscal bill as it comes in, as the providers know it, and what must come of it. */
interface BillSample {
  file: string;
  seed: number;
  kind: SampleKind;
  provider: ProviderId;
  write: (bill: SampleBill) => Promise<Buffer>;
  /** What is printed differently from a consistent bill. */
  printed?: Partial<SampleBill>;
  known: (bill: SampleBill) => SandboxBill | null;
  decision: Decision;
  end: Expectation['end'];
}

const MATCH = { outcome: 'MATCH', verdict: 'valid' } as const;

const BILLS: readonly BillSample[] = [
  {
    file: '1-match.png',
    seed: 11,
    kind: 'medical-outpatient',
    provider: 'netocr',
    write: pictured({ seed: 11 }),
    known,
    decision: 'auto',
    end: MATCH,
  },
  {
    file: '2-match-scan.jpg',
    seed: 12,
    kind: 'non-tax',
    provider: 'jumdata',
    write: pictured({ seed: 12, damage: 'scan' }),
    known,
    decision: 'auto',
    end: MATCH,
  },
  {
    file: '3-mismatch.png',
    seed: 13,
    kind: 'medical-inpatient',
    provider: 'netocr',
    write: pictured({ seed: 13 }),
    known: (bill) => ({ elements: { ...bill.elements, totalAmount: `1${bill.elements.totalAmount}` } }),
    decision: 'auto',
    end: { outcome: 'MISMATCH', verdict: 'mismatch' },
  },
  {
    file: '4-not-found-photo.jpg',
    seed: 14,
    kind: 'donation',
    provider: 'jumdata',
    write: pictured({ seed: 14, damage: 'photo' }),
    known: () => null,
    decision: 'auto',
    end: { outcome: 'NOT_FOUND', verdict: 'notFound' },
  },
  {
    file: '5-reversed.png',
    seed: 15,
    kind: 'settlement',
    provider: 'netocr',
    write: pictured({ seed: 15 }),
    known: (bill) => ({ ...known(bill), reversed: true }),
    decision: 'auto',
    end: { outcome: 'MATCH', verdict: 'reversed' },
  },
  {
    // The words say another amount than the figures: a person must look, although the provider would know the bill.
    file: '6-review.png',
    seed: 16,
    kind: 'medical-outpatient',
    provider: 'netocr',
    write: pictured({ seed: 16 }),
    printed: { totalAmountInWords: '玖佰玖拾玖元玖角整' },
    known,
    decision: 'review',
    end: { notSent: 'receipt-needs-review' },
  },
  {
    // With the bill's XML attached, which is the surer source.
    file: '7-match.pdf',
    seed: 18,
    kind: 'medical-inpatient',
    provider: 'netocr',
    write: (bill) => billPdf([bill], { seed: 18, hasXml: true }),
    known,
    decision: 'auto',
    end: MATCH,
  },
  {
    file: '8-match.ofd',
    seed: 19,
    kind: 'non-tax',
    provider: 'jumdata',
    write: (bill) => billOfd(bill, { seed: 19 }),
    known,
    decision: 'auto',
    end: MATCH,
  },
];

function pictured(options: RenderOptions): BillSample['write'] {
  return async (bill) => (await renderBill(bill, options)).image;
}

/** The demo's receipts, made up for a day (YYYY-MM-DD): the same day gives the same receipts. */
export function demoSamples(day: string): DemoSample[] {
  return [...BILLS.map((sample) => fromBill(sample, day)), taxInvoice(day)];
}

function fromBill(sample: BillSample, day: string): DemoSample {
  const bill = { ...sampleBill(sample.seed, { kind: sample.kind, today: day }), ...sample.printed };
  return {
    file: sample.file,
    provider: sample.provider,
    known: sample.known(bill),
    expected: { decision: sample.decision, elements: bill.elements, end: sample.end },
    write: () => sample.write(bill),
  };
}

function taxInvoice(day: string): DemoSample {
  return {
    file: '9-tax-invoice.png',
    provider: 'jumdata',
    known: null,
    expected: { decision: 'refuse', elements: null, end: { notSent: 'receipt-refused' } },
    write: async () => (await renderTaxInvoice(day, { seed: 17 })).image,
  };
}

/** The bill as the finance department would have it, so that the provider's face agrees with the printed one. */
function known(bill: SampleBill): SandboxBill {
  const { title, payer, payerCreditCode, payee, reviewer, cashier, region, totalAmountInWords } = bill;
  return {
    elements: bill.elements,
    face: {
      title,
      payer,
      payerCreditCode,
      payee,
      reviewer,
      cashier,
      totalAmountInWords,
      regionName: region.name,
      items: bill.items.map((item, index) => ({ ...item, sequence: String(index + 1), unitPrice: null })),
      otherInfo: bill.otherInfo,
    },
  };
}
