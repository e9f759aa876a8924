import type { BillKind, BillReading, OtherInfo } from '@app/contracts';
import type { BillFace, BillTitle } from '../bill-face';
import { REGIONS, splitBillCode } from '../codes/bill-code';
import type { EvidenceElement } from '../evidence';
import { foldText } from '../text/folding';
import { KIND_OF_CLASS, TITLE_PHRASES } from '../title/title-lexicon';
import { elementsWhere, isNamed, outermost, textOf } from './elements';
import { xmlItems } from './xml-items';
import { xmlOtherInfo } from './xml-other-info';
import { mainElements, xmlValues } from './xml-values';

/** The issuer's own block of signature: over what exactly it is computed is not published. */
const NOT_CHECKED = {
  state: 'notChecked',
  digestMatches: null,
  signatureValid: null,
  coversWhole: false,
  signer: null,
  signedAt: null,
} as const;

/** Elements without which nothing is an e-bill, however it is wrapped. */
const MARKS = ['EInvoiceCode', 'EInvoiceNumber'];

/** The bills in a tree, wherever it holds them: the outermost `EInvoice` elements, else the whole; none where code and number are unknown. */
export function billElements(root: EvidenceElement): EvidenceElement[] {
  const wrapped = outermost(root, (element) => isNamed(element, 'EInvoice'));
  return (wrapped.length > 0 ? wrapped : [root]).filter(
    (bill) => elementsWhere([bill], (element) => isNamed(element, ...MARKS)).length > 0,
  );
}

/** Reads what one e-bill says. Elements count by their local names, in any order; unknown ones are ignored. */
export function readXmlFace(bill: EvidenceElement): BillFace {
  const main = mainElements(bill);
  const values = xmlValues(main);
  const title = titleOf(values.get('title')?.[0]?.value ?? '');
  const otherInfo = xmlOtherInfo(bill, main);
  const code = values.get('billCode')?.find(({ wellFormed }) => wellFormed)?.value;
  const { items, sum } = xmlItems(bill);
  return {
    source: 'xml',
    page: { number: 1, codes: [] },
    lines: [],
    billsOnPage: 1,
    standsApart: true,
    title,
    kind: title?.phrase.kind ?? (code === undefined ? null : kindOfCode(code, otherInfo)),
    values,
    isAmountDetached: false,
    tagRegion: tagRegion(bill),
    items,
    itemSum: sum,
    otherInfo,
    signatures: xmlSignatures(bill),
    witness: null,
  };
}

/** The issuer's own blocks of signature, which nobody checks. A standard XML signature is the document's, and told of with it. */
function xmlSignatures(bill: EvidenceElement): BillReading['signatures'] {
  const blocks = outermost(bill, isOwnBlock);
  return blocks.map(({ name }) => ({ kind: name, ...NOT_CHECKED }));
}

function isOwnBlock({ name, text, children }: EvidenceElement): boolean {
  const isStandard = children.some((child) => isNamed(child, 'SignedInfo'));
  return /signature$/iu.test(name) && !isStandard && (children.length > 0 || text.trim() !== '');
}

function titleOf(text: string): BillTitle | null {
  const folded = foldText(text);
  const [phrase] = TITLE_PHRASES.filter((each) => folded.includes(each.text)).sort((a, b) => b.text.length - a.text.length);
  if (!phrase) return null;
  const before = folded.slice(0, folded.indexOf(phrase.text));
  const region = [...REGIONS].find(([, name]) => before.endsWith(name));
  return { value: text, phrase, regionPrefix: region?.[0] ?? null };
}

function kindOfCode(code: string, otherInfo: OtherInfo[]): BillKind | null {
  const { classCode } = splitBillCode(code);
  if (classCode !== '06') return KIND_OF_CLASS.get(classCode) ?? null;
  const has = (name: string) => otherInfo.some(({ en }) => en === name);
  if (has('patientNumber') === has('hospitalizationNumber')) return null;
  return has('patientNumber') ? 'medical-outpatient' : 'medical-inpatient';
}

function tagRegion(bill: EvidenceElement): string | null {
  const [tag] = elementsWhere([bill], (element) => isNamed(element, 'EInvoiceTag'));
  return /^CZ-EI-(\d{2})$/u.exec(textOf(tag))?.[1] ?? null;
}
