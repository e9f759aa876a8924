import type { FieldName } from '@app/contracts';
import type { BillFace } from './bill-face';
import type { Candidate } from './fields/candidate';
import { quadOf } from './layout/span';
import type { BillPrint } from './read-page';

/** One bill as the surest source shows it, and its print where it has one. */
export interface Sighting {
  face: BillFace;
  print: BillPrint | null;
}

/**
 * Brings together what a document's data and its pages say of the same bill: the data is the surer source, the print its witness. A print
 * belongs to the data that has its number, or to the only data there is where it is the only print.
 */
export function joinSources(data: readonly BillFace[], prints: readonly BillPrint[]): Sighting[] {
  const left = new Set(data);
  const isOnlyPair = data.length === 1 && prints.length === 1;
  const printed = prints.map((print): Sighting => {
    const given = [...left].find((face) => isOnlyPair || isSameBill(face, print));
    if (!given) return { face: print, print };
    left.delete(given);
    return { face: joined(given, print), print };
  });
  return [...printed, ...[...left].map((face) => ({ face, print: null }))];
}

function isSameBill(face: BillFace, print: BillPrint): boolean {
  const number = valueOf(face, 'billNumber');
  return number !== undefined && number === valueOf(print, 'billNumber');
}

function valueOf(face: BillFace, field: FieldName): string | undefined {
  return face.values.get(field)?.find(({ wellFormed }) => wellFormed)?.value;
}

/** What the data says, with its place on the page; what only the print has is taken from there. */
function joined(data: BillFace, print: BillPrint): BillFace {
  const values = new Map(print.values);
  for (const [field, given] of data.values) values.set(field, placed(field, given, print));
  const hasRows = data.items.length > 0;
  return {
    ...data,
    page: print.page,
    lines: print.lines,
    billsOnPage: print.billsOnPage,
    standsApart: print.standsApart,
    title: data.title ?? print.title,
    kind: data.kind ?? print.kind,
    values,
    items: hasRows ? data.items : print.items,
    itemSum: hasRows ? data.itemSum : print.itemSum,
    otherInfo: otherInfoOf(data, print),
    witness: print,
  };
}

/** As it is printed, where the file gives the print itself: data name these otherwise, in parts, and more of them than a bill shows. */
function otherInfoOf(data: BillFace, print: BillPrint): BillFace['otherInfo'] {
  const isPrintSure = print.page.source === 'text' && print.otherInfo.length > 0;
  return isPrintSure || data.otherInfo.length === 0 ? print.otherInfo : data.otherInfo;
}

function placed(field: FieldName, given: Candidate[], print: BillPrint): Candidate[] {
  const quad = field === 'title' && print.title ? quadOf(print.title.span) : (print.values.get(field)?.[0]?.quad ?? null);
  return given.map((value) => ({ ...value, quad }));
}
