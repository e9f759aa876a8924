import { ELEMENT_NAMES, type BillReading } from '@app/contracts';

/** A bill of which only the elements were read: what else was seen in passing is left out, since nobody can tell what is missing of it. */
export function elementsOnly(bill: BillReading): BillReading {
  const fields = Object.fromEntries(ELEMENT_NAMES.flatMap((name) => (bill.fields[name] ? [[name, bill.fields[name]]] : [])));
  return { ...bill, fields, items: [], otherInfo: [], seals: [] };
}
