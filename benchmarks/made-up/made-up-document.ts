import type { SampleBill } from '@app/samples';
import { billOfd, billPdf, billXml, DAMAGES, renderBill, SAMPLE_KINDS, sampleBill } from '@app/samples';

/** Forms that a bill is written in, as a bank receives them: pictures above all. */
const FORMS = [...DAMAGES, 'photo', 'scan', 'pdf-text', 'pdf-scan', 'ofd', 'xml'] as const;

/** One made-up file and its row of a truth.json. */
export interface MadeUpDocument {
  bytes: Buffer;
  row: { file: string; form: string; expect: 'read'; absent: string[]; bills: object[] };
}

/** The document of a number: its bill, kind and form follow from it, so the same number gives the same document. `today` is YYYY-MM-DD. */
export async function madeUpDocument(number: number, today: string): Promise<MadeUpDocument> {
  const form = FORMS[number % FORMS.length] ?? 'clean';
  const kind = SAMPLE_KINDS[Math.floor(number / FORMS.length) % SAMPLE_KINDS.length];
  const bill = sampleBill(number, kind ? { kind, today } : { today });
  const { bytes, ending } = await written(bill, form, number);
  const file = `${String(number).padStart(5, '0')}-${form}.${ending}`;
  const absent = form === 'xml' ? ['amountCN'] : [];
  return { bytes, row: { file, form: `made-up ${form}`, expect: 'read', absent, bills: [truthOf(bill)] } };
}

async function written(bill: SampleBill, form: (typeof FORMS)[number], seed: number): Promise<{ bytes: Buffer; ending: string }> {
  switch (form) {
    case 'pdf-text':
      return { bytes: await billPdf([bill], { seed }), ending: 'pdf' };
    case 'pdf-scan':
      return { bytes: await billPdf([bill], { seed, form: 'scan', damage: 'scan' }), ending: 'pdf' };
    case 'ofd':
      return { bytes: await billOfd(bill, { seed }), ending: 'ofd' };
    case 'xml':
      return { bytes: Buffer.from(billXml(bill)), ending: 'xml' };
    default: {
      const { image, mediaType } = await renderBill(bill, { seed, damage: form });
      return { bytes: image, ending: mediaType === 'image/png' ? 'png' : 'jpg' };
    }
  }
}

/** The bill under the names that a truth.json has. */
function truthOf(bill: SampleBill): object {
  const { elements, items, otherInfo } = bill;
  return {
    title: bill.title,
    code: elements.billCode,
    number: elements.billNumber,
    checkCode: elements.checkCode,
    issueDate: elements.issueDate,
    amount: elements.totalAmount,
    amountCN: bill.totalAmountInWords,
    payer: bill.payer,
    payerCreditCode: bill.payerCreditCode,
    payee: bill.payee,
    reviewer: bill.reviewer,
    cashier: bill.cashier,
    items: items.map(({ itemCode, itemName, quantity, unit, standard, amount }) => ({
      code: itemCode,
      name: itemName,
      quantity,
      unit,
      standard,
      amount,
    })),
    other: otherInfo.map(({ cn, value }) => ({ cn, value })),
  };
}
