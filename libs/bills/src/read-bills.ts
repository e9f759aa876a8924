import {
  ELEMENT_NAMES,
  type BillReading,
  type Elements,
  type ElementsRead,
  type FieldName,
  type FieldReading,
  type Quad,
  type Reading,
} from '@app/contracts';
import type { BillFace } from './bill-face';
import { isSealedBy, sealsOf } from './checks/seals';
import { codeWitness, hearWitnesses, type CodeWitness, type Testimony } from './checks/witnesses';
import { decide } from './decision/decide';
import type { Evidence, EvidenceElement, EvidencePage, EvidenceSeal } from './evidence';
import type { Candidate } from './fields/candidate';
import { confidenceOf, printedOf, quadOf } from './layout/span';
import { readPage, type BillPrint } from './read-page';
import { isTaxInvoice, looksLikeFiscalBill, nameLookAlike } from './refusal/look-alikes';
import { isTaxXml, nameOtherXml } from './refusal/other-xml';
import { refusal } from './refusal/refusals';
import { billElements, readXmlFace, xmlSignatures } from './xml/read-xml-face';

/** Makes a reading from what was found on the pages: every bill with its fields and decision, or the reason why it is not a fiscal bill. */
export function readBills({ pages, xml, today }: Evidence): Omit<Reading, 'timings'> {
  if (xml) return readXmlBills(xml, today);
  const prints = pages.flatMap(readPage);
  const bills = prints
    .filter((print) => looksLikeFiscalBill(print, today) && !isTaxInvoice(print, today))
    .map((print) => readPrintedBill(print, today));
  const sizes = pages.map(({ width, height, turned }) => ({ width, height, turned }));
  if (bills.length === 0) return { decision: 'refuse', refusal: refusal(whyNone(pages, today)), pages: sizes, bills: [] };
  return { decision: decisionOf(bills), refusal: null, pages: sizes, bills };
}

/** A bill given as data stands on no page, so its reading has none. */
function readXmlBills(root: EvidenceElement, today: string): Omit<Reading, 'timings'> {
  const bills = isTaxXml(root)
    ? []
    : billElements(root).map((bill) => ({ ...readBill(readXmlFace(bill), today), signatures: xmlSignatures(bill) }));
  if (bills.length === 0) return { decision: 'refuse', refusal: refusal(nameOtherXml(root)), pages: [], bills };
  return { decision: decisionOf(bills), refusal: null, pages: [], bills };
}

function decisionOf(bills: BillReading[]): BillReading['decision'] {
  return bills.every((bill) => bill.decision === 'auto') ? 'auto' : 'review';
}

function whyNone(pages: EvidencePage[], today: string): ReturnType<typeof nameLookAlike> {
  const names = pages.map((page) => nameLookAlike(page, today));
  return names.find((name) => name !== 'blank-page') ?? 'blank-page';
}

function readPrintedBill(print: BillPrint, today: string): BillReading {
  const bill = readBill(print, today);
  const outline = outlineOf(print);
  const title = titleReading(print);
  const seals = sealsOf(print, outline);
  return {
    ...bill,
    outline,
    fields: withSeals(title ? { ...bill.fields, title } : bill.fields, seals),
    seals: seals.map(({ quad, text }) => ({ page: print.page.number, quad, text })),
  };
}

function readBill(face: BillFace, today: string): BillReading {
  const printed = printedElements(face);
  const code = codeWitness(face, printed, today);
  const testimony = hearWitnesses(face, printed, code);
  const { decision, reasons } = decide({ face, printed, code, testimony, today });
  return {
    page: face.page.number,
    outline: rectangle(0, 0, 1, 1),
    kind: face.kind ?? 'other',
    decision,
    reasons,
    elements: elementsRead(printed, code),
    fields: fieldsOf(face, testimony, code),
    items: face.items,
    otherInfo: face.otherInfo,
    seals: [],
    codes: face.page.codes.map(({ format, text }) => ({ format, text })),
    signatures: [],
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

function fieldsOf(face: BillFace, testimony: Testimony[], code: CodeWitness): BillReading['fields'] {
  const fields: Partial<Record<FieldName, FieldReading>> = {};
  for (const [name, values] of face.values) {
    const reading = fieldReading(face, values, testimony, code);
    if (reading) fields[name] = reading;
  }
  for (const element of ELEMENT_NAMES) {
    const value = code.elements[element];
    if (fields[element] === undefined && value !== undefined) fields[element] = fromCode(value, face.page.number);
  }
  return fields;
}

/** The payee stands under its seal as a rule; what the seal says of itself is a second witness. */
function withSeals({ payee, ...fields }: BillReading['fields'], seals: readonly EvidenceSeal[]): BillReading['fields'] {
  if (!payee) return fields;
  return { ...fields, payee: isSealedBy(payee.value, seals) ? { ...payee, confirmedBy: [...payee.confirmedBy, 'seal'] } : payee };
}

function fieldReading(face: BillFace, values: Candidate[], testimony: Testimony[], code: CodeWitness): FieldReading | null {
  const value = values.find(({ wellFormed }) => wellFormed) ?? values[0];
  if (!value) return null;
  const own = testimony.filter(({ element }) => element === value.field);
  const fromQr = value.field in code.elements ? code.elements[value.field as keyof Elements] : undefined;
  const asPrinted = value.repaired ? [value.glyphs.map(({ folded }) => folded).join('')] : [];
  const others = new Set([...asPrinted, ...values.map((other) => other.value), ...(fromQr === undefined ? [] : [fromQr])]);
  others.delete(value.value);
  return {
    value: value.value,
    raw: value.raw,
    confidence: value.wellFormed ? value.confidence : 0,
    source: face.source,
    page: face.page.number,
    quad: value.quad,
    confirmedBy: own.filter(({ agrees }) => agrees).map(({ witness }) => witness),
    contradictedBy: own.filter(({ agrees }) => !agrees).map(({ witness }) => witness),
    alternatives: [...others],
  };
}

/** A QR code carries its own error correction, so what it says was read right; whether the print agrees nobody has seen. */
function fromCode(value: string, page: number): FieldReading {
  return { value, raw: value, confidence: 0.9, source: 'qr', page, quad: null, confirmedBy: [], contradictedBy: [], alternatives: [] };
}

function titleReading({ title, page }: BillPrint): FieldReading | null {
  if (!title) return null;
  return {
    value: title.value,
    raw: printedOf(title.span),
    confidence: confidenceOf(title.span),
    source: 'ocr',
    page: page.number,
    quad: quadOf(title.span),
    confirmedBy: title.distance === 0 ? ['titleLexicon'] : [],
    contradictedBy: [],
    alternatives: [],
  };
}

/** The whole page, or on a page of several bills the rectangle around the bill's own text. */
function outlineOf({ page, lines, billsOnPage }: BillPrint): Quad {
  if (billsOnPage === 1) return rectangle(0, 0, 1, 1);
  const points = lines.flatMap(({ line }) => line.quad);
  const xs = points.map((point) => share(point[0] ?? 0, page.width));
  const ys = points.map((point) => share(point[1] ?? 0, page.height));
  return rectangle(Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys));
}

function share(position: number, size: number): number {
  return Math.round(Math.min(1, Math.max(0, position / size)) * 10_000) / 10_000;
}

function rectangle(left: number, top: number, right: number, bottom: number): Quad {
  return [
    [left, top],
    [right, top],
    [right, bottom],
    [left, bottom],
  ];
}
