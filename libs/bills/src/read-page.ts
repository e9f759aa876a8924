import type { BillKind, FieldName } from '@app/contracts';
import type { BillFace } from './bill-face';
import { splitBillCode } from './codes/bill-code';
import type { EvidencePage } from './evidence';
import type { Candidate } from './fields/candidate';
import { findDetachedAmount } from './fields/detached-amount';
import { findValues, type LabelledRow } from './fields/find-values';
import { readItems } from './items/read-items';
import { findLabels } from './labels/find-labels';
import type { PlacedLine } from './layout/placed-line';
import { layOut, placeLines, type Layout } from './layout/rows';
import { withoutSealText } from './layout/seal-text';
import { splitBills } from './layout/split-bills';
import { standApart } from './layout/stand-apart';
import { readOtherInfo } from './other-info/read-other-info';
import { readParties } from './parties/read-parties';
import { asOnSlip } from './parties/slip-labels';
import { findTitles, type FoundTitle } from './title/find-title';
import { KIND_OF_CLASS } from './title/title-lexicon';

/** What the print of one bill says, before anything is compared or decided. */
export interface BillPrint extends BillFace {
  page: EvidencePage;
  rows: LabelledRow[];
  title: FoundTitle | null;
}

/** Reads the print of every bill on a page; a page without a bill gives one print with hardly anything in it. */
export function readPage(page: EvidencePage): BillPrint[] {
  const parts = splitBills(withoutSealText(placeLines(page.lines), page.seals));
  const apart = standApart(parts);
  return parts.map((lines, i) => readPrint(page, lines, { billsOnPage: parts.length, standsApart: apart[i] === true }));
}

function readPrint(page: EvidencePage, lines: PlacedLine[], place: Pick<BillPrint, 'billsOnPage' | 'standsApart'>): BillPrint {
  const layout = layOut(lines);
  const rows: LabelledRow[] = layout.rows.map((row) => ({ row, labels: findLabels(row) }));
  const title = bestTitle(findTitles(layout.rows));
  const found = findValues(rows, layout);
  const kind = kindOf(title, byField(found), rows);
  const own = kind === 'non-tax-payment' ? slipValues(rows, lines, layout) : found;
  const detached = findDetachedAmount(found, rows);
  const values = byField(detached ? [...own, detached] : own);
  const items = readItems(rows, layout);
  return {
    source: page.source,
    page,
    lines,
    rows,
    ...place,
    title,
    kind,
    values,
    isAmountDetached: detached !== null,
    tagRegion: null,
    items: items.items,
    itemSum: items.sum,
    otherInfo: readOtherInfo(rows),
    signatures: [],
    witness: null,
  };
}

function byField(found: readonly Candidate[]): BillFace['values'] {
  const values: BillFace['values'] = new Map();
  for (const value of found) values.set(value.field, [...(values.get(value.field) ?? []), value]);
  return values;
}

/** The values of a payment slip: what the parties' blocks say of a field stands for it, whatever else may. */
function slipValues(rows: LabelledRow[], lines: PlacedLine[], layout: Layout): Candidate[] {
  const onSlip = asOnSlip(rows);
  const parties = readParties(onSlip, lines, layout);
  const others = findValues(onSlip, layout).filter(({ field }) => parties.every((value) => value.field !== field));
  return [...parties, ...others];
}

function bestTitle(titles: FoundTitle[]): FoundTitle | null {
  return titles.reduce<FoundTitle | null>((best, title) => (best && best.distance <= title.distance ? best : title), null);
}

/** The title decides; without one the code's class, and for medical bills the label that only one kind has. */
function kindOf(title: FoundTitle | null, values: Map<FieldName, Candidate[]>, rows: LabelledRow[]): BillKind | null {
  if (title) return title.phrase.kind;
  const [code] = values.get('billCode') ?? [];
  if (!code?.wellFormed) return null;
  const { classCode } = splitBillCode(code.value);
  if (classCode !== '06') return KIND_OF_CLASS.get(classCode) ?? null;
  const has = (text: string) => rows.some(({ labels }) => labels.some(({ label }) => label.text === text));
  if (has('门诊号') === has('住院号')) return null;
  return has('门诊号') ? 'medical-outpatient' : 'medical-inpatient';
}
