import type { Elements, ProviderId } from '@app/contracts';
import type { SandboxBill } from '@app/devstack';
import { Random, type SampleBill, sampleBill } from '@app/samples';
import { Canaries, type Canary } from './canary';

/** A made-up bill with canaries in all that must stay inside, and whom to ask about it. */
export interface MarkedBill {
  number: number;
  bill: SampleBill;
  elements: Elements;
  provider: Extract<ProviderId, 'netocr' | 'jumdata'>;
  tenant: number;
  /** What the provider knows, with canaries of its own, which only its answers carry. */
  known: SandboxBill;
  /** What it is marked with. */
  canaries: readonly Canary[];
}

/** So many marked bills, the same for the same seed and day. */
export function markedBills(options: { seed: number; count: number; tenants: number; today: string }): MarkedBill[] {
  const random = new Random(options.seed);
  return Array.from({ length: options.count }, (_, number): MarkedBill => {
    const own = options.seed * 100_000 + number;
    const canaries = new Canaries(own);
    const bill = marked(sampleBill(own, { today: options.today }), random, canaries);
    const provider = random.next() < 0.5 ? 'netocr' : 'jumdata';
    const known = { elements: bill.elements, face: faceOf(bill, canaries), reversed: random.next() < 0.1 };
    const tenant = random.int(0, options.tenants - 1);
    return { number, bill, elements: bill.elements, provider, tenant, known, canaries: canaries.all };
  });
}

function marked(bill: SampleBill, random: Random, canaries: Canaries): SampleBill {
  const billNumber = canaries.keep('element', `7${random.text(9)}`);
  return {
    ...bill,
    elements: { ...bill.elements, billNumber, checkCode: canaries.mintCheckCode() },
    payer: canaries.mint('payer'),
    payerCreditCode: canaries.mintPlain('payerCreditCode', 18),
    items: bill.items.map((item, at) => (at === 0 ? { ...item, itemName: canaries.mint('itemName') } : item)),
    otherInfo: bill.otherInfo.map((info, at) => (at === 0 ? { ...info, value: canaries.mintPlain('otherInfo') } : info)),
  };
}

const NOTHING = {
  sequence: null,
  itemCode: null,
  standard: null,
  unit: null,
  quantity: null,
  unitPrice: null,
  amount: null,
  itemRemark: null,
};

function faceOf({ payer, payerCreditCode, payee }: SampleBill, canaries: Canaries): SandboxBill['face'] {
  return {
    payer,
    payerCreditCode,
    payee,
    remark: canaries.mint('remark'),
    items: [{ ...NOTHING, itemName: canaries.mint('toldByProvider') }],
    otherInfo: [{ cn: '病历号', en: 'caseNumber', value: canaries.mintPlain('toldByProvider') }],
  };
}
