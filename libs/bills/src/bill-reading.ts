import { ELEMENT_NAMES, type BillReading, type Elements, type ElementsRead } from '@app/contracts';
import type { BillFace } from './bill-face';
import { isSealedBy, sealsOf } from './checks/seals';
import { codeWitness, hearWitnesses, type CodeWitness } from './checks/witnesses';
import { decide } from './decision/decide';
import type { EvidenceSeal } from './evidence';
import { fieldsOf, titleReading } from './field-readings';
import type { Sighting } from './join-sources';
import { outlineOf, WHOLE_PAGE } from './outline';

/** The reading of one bill: its fields with what speaks for and against them, and the decision. */
export function readBill({ face, print }: Sighting, { today, hasPages }: { today: string; hasPages: boolean }): BillReading {
  const reading = readFace(face, { today, isUnseen: hasPages && print === null });
  if (!print) return reading;
  const outline = outlineOf(print);
  const seals = sealsOf(print, outline);
  const title = reading.fields.title ?? titleReading(print);
  return {
    ...reading,
    outline,
    fields: withSeals(title ? { ...reading.fields, title } : reading.fields, seals),
    seals: seals.map(({ quad, text }) => ({ page: print.page.number, quad, text })),
  };
}

function readFace(face: BillFace, { today, isUnseen }: { today: string; isUnseen: boolean }): BillReading {
  const printed = printedElements(face);
  const code = codeWitness(face, printed, today);
  const testimony = hearWitnesses(face, printed, code);
  const { decision, reasons } = decide({ face, printed, code, testimony, today, isUnseen });
  return {
    page: face.page.number,
    outline: WHOLE_PAGE,
    kind: face.kind ?? 'other',
    decision,
    reasons,
    elements: elementsRead(printed, code),
    fields: fieldsOf(face, testimony, code),
    items: face.items,
    otherInfo: face.otherInfo,
    seals: [],
    codes: face.page.codes.map(({ format, text }) => ({ format, text })),
    signatures: face.signatures,
  };
}

function printedElements(face: BillFace): Partial<Elements> {
  const entries = ELEMENT_NAMES.flatMap((element) => {
    const value = face.values.get(element)?.find(({ wellFormed }) => wellFormed);
    return value ? [[element, value.value] as const] : [];
  });
  return Object.fromEntries(entries);
}

/** What is printed, else what the QR code says; a person sees from the field's source which it is. */
function elementsRead(printed: Partial<Elements>, code: CodeWitness): ElementsRead {
  const read = (element: keyof Elements) => printed[element] ?? code.elements[element] ?? null;
  return {
    billCode: read('billCode'),
    billNumber: read('billNumber'),
    checkCode: read('checkCode'),
    issueDate: read('issueDate'),
    totalAmount: read('totalAmount'),
  };
}

/** The payee stands under its seal as a rule; what the seal says of itself is a second witness. */
function withSeals({ payee, ...fields }: BillReading['fields'], seals: readonly EvidenceSeal[]): BillReading['fields'] {
  if (!payee) return fields;
  return { ...fields, payee: isSealedBy(payee.value, seals) ? { ...payee, confirmedBy: [...payee.confirmedBy, 'seal'] } : payee };
}
