import { ELEMENT_NAMES, FieldName, type BillReading, type Quad } from '@app/contracts';
import { isOpen, type ElementMark } from './element-marks';

/** A field's place on the page, and whether a person must look there. */
export interface FieldPlace {
  readonly name: FieldName;
  readonly quad: Quad;
  readonly weight: 'open' | 'element' | 'other';
}

/** Places of a bill's fields on a page, numbered from 1, the elements last so that they lie on top. */
export function placesOf(bill: BillReading, marks: readonly ElementMark[], page: number): FieldPlace[] {
  const open = new Set<FieldName>(marks.filter(isOpen).map(({ name }) => name));
  const elements = new Set<FieldName>(ELEMENT_NAMES);
  return [...FieldName.options].reverse().flatMap((name) => {
    const field = bill.fields[name];
    if (!field?.quad || field.page !== page) return [];
    return [{ name, quad: field.quad, weight: open.has(name) ? 'open' : elements.has(name) ? 'element' : 'other' }];
  });
}
