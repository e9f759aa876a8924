import {
  ELEMENT_NAMES,
  type BillReading,
  type Elements,
  type ElementsRead,
  type FieldName,
  type FieldReading,
  type Quad,
} from '@app/contracts';
import type { BillFace } from './bill-face';
import { isSealedBy, sealsOf } from './checks/seals';
import { codeWitness, hearWitnesses, type CodeWitness, type Testimony } from './checks/witnesses';
import { decide } from './decision/decide';
import type { EvidenceSeal } from './evidence';
import type { Candidate } from './fields/candidate';
import type { Sighting } from './join-sources';
import { confidenceOf, printedOf, quadOf } from './layout/span';
import type { BillPrint } from './read-page';

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
    source: sourceOf(face, value),
    page: face.page.number,
    quad: value.quad,
    confirmedBy: own.filter(({ agrees }) => agrees).map(({ witness }) => witness),
    contradictedBy: own.filter(({ agrees }) => !agrees).map(({ witness }) => witness),
    alternatives: [...others],
  };
}

/** Where a value came from: a bill that is given as data may have values that only its print shows. */
function sourceOf(face: BillFace, value: Candidate): BillFace['source'] {
  const isPrinted = face.witness?.values.get(value.field)?.includes(value) === true;
  return isPrinted && face.witness ? face.witness.source : face.source;
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
    source: page.source,
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
