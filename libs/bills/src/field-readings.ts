import { ELEMENT_NAMES, type BillReading, type Elements, type FieldName, type FieldReading } from '@app/contracts';
import type { BillFace } from './bill-face';
import type { CodeWitness, Testimony } from './checks/witnesses';
import { doubtsOf } from './decision/doubts';
import type { Candidate } from './fields/candidate';
import { confidenceOf, printedOf, quadOf } from './layout/span';
import type { BillPrint } from './read-page';

const NOTHING_SAID = { confirmedBy: [], contradictedBy: [], alternatives: [], doubts: [] };

/** Every field of a bill with its place, its certainty, and what speaks for and against it. */
export function fieldsOf(face: BillFace, testimony: Testimony[], code: CodeWitness): BillReading['fields'] {
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

function fieldReading(face: BillFace, values: Candidate[], testimony: Testimony[], code: CodeWitness): FieldReading | null {
  const value = values.find(({ wellFormed }) => wellFormed) ?? values[0];
  if (!value) return null;
  const source = sourceOf(face, value);
  const own = testimony.filter(({ element }) => element === value.field);
  const fromQr = value.field in code.elements ? code.elements[value.field as keyof Elements] : undefined;
  const asPrinted = value.repaired ? [value.glyphs.map(({ folded }) => folded).join('')] : [];
  const shown = face.witness?.values.get(value.field) ?? [];
  const others = new Set([...asPrinted, ...[...values, ...shown].map((other) => other.value), ...(fromQr === undefined ? [] : [fromQr])]);
  others.delete(value.value);
  return {
    value: value.value,
    raw: value.raw,
    confidence: value.wellFormed ? value.confidence : 0,
    source,
    page: face.page.number,
    quad: value.quad,
    confirmedBy: own.filter(({ agrees }) => agrees).map(({ witness }) => witness),
    contradictedBy: own.filter(({ agrees }) => !agrees).map(({ witness }) => witness),
    alternatives: [...others],
    doubts: source === 'ocr' ? doubtsOf(value) : [],
  };
}

/** Where a value came from: a bill that is given as data may have values that only its print shows. */
function sourceOf(face: BillFace, value: Candidate): BillFace['source'] {
  const isPrinted = face.witness?.values.get(value.field)?.includes(value) === true;
  return isPrinted && face.witness ? face.witness.source : face.source;
}

/** A QR code carries its own error correction, so what it says was read right; whether the print agrees nobody has seen. */
function fromCode(value: string, page: number): FieldReading {
  return { value, raw: value, confidence: 0.9, source: 'qr', page, quad: null, ...NOTHING_SAID };
}

/** The title as the print shows it. */
export function titleReading({ title, page }: BillPrint): FieldReading | null {
  if (!title) return null;
  return {
    value: title.value,
    raw: printedOf(title.span),
    confidence: confidenceOf(title.span),
    source: page.source,
    page: page.number,
    quad: quadOf(title.span),
    ...NOTHING_SAID,
    confirmedBy: title.distance === 0 ? ['titleLexicon'] : [],
  };
}
