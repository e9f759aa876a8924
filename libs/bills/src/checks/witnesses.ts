import { ELEMENT_NAMES, FieldName, type Elements } from '@app/contracts';
import type { BillFace } from '../bill-face';
import { REGIONS, splitBillCode } from '../codes/bill-code';
import { parseQrPayload } from '../codes/qr-payload';
import type { Candidate } from '../fields/candidate';
import { parseAmount } from '../money/amount';
import { parseAmountInWords } from '../money/amount-in-words';
import { foldText } from '../text/folding';

/** A second witness of a field: what it is called, and whether it agrees with what the bill says. */
export interface Testimony {
  element: FieldName;
  witness:
    'signature' | 'qr' | 'text' | 'ocr' | 'amountWords' | 'rowSum' | 'codeYear' | 'codeRegion' | 'codeClass' | 'qrRegion' | 'tagRegion';
  agrees: boolean;
}

/** What the fiscal QR codes of a bill say of its elements (only what they agree on among themselves), and the region they name. */
export interface CodeWitness {
  statements: Partial<Elements>[];
  elements: Partial<Elements>;
  regionPrefix: string | null;
}

/** The words of the QR codes that belong to this bill: on a page of several bills, those that share its number. */
export function codeWitness(face: BillFace, printed: Partial<Elements>, today: string): CodeWitness {
  const fiscal = face.page.codes.map((code) => parseQrPayload(code.text, today)).filter((payload) => payload.kind === 'fiscal');
  const own = face.billsOnPage === 1 ? fiscal : fiscal.filter((payload) => payload.elements.billNumber === printed.billNumber);
  const statements = own.map((payload) => payload.elements);
  return {
    statements,
    elements: agreed(statements),
    regionPrefix: own.find((payload) => payload.regionPrefix !== null)?.regionPrefix ?? null,
  };
}

/** What is signed as a whole and unchanged says what its issuer said; of a picture that is signed, only the picture is sure and not its reading. */
function signatureTestimony({ source, signatures }: BillFace, printed: Partial<Elements>): Testimony[] {
  const isSigned = source !== 'ocr' && signatures.some(({ state, coversWhole }) => state === 'intact' && coversWhole);
  if (!isSigned) return [];
  return ELEMENT_NAMES.filter((element) => printed[element] !== undefined).map((element) => ({
    element,
    witness: 'signature',
    agrees: true,
  }));
}

/** What a less sure source says of the same bill. Of recognised print only the elements are compared: names are misread more often than altered. */
function sourceTestimony({ values, witness }: BillFace): Testimony[] {
  if (witness === null || witness.source === 'xml') return [];
  const { source } = witness;
  const compared = source === 'text' ? COMPARED : ELEMENT_NAMES;
  return compared.flatMap((element) => {
    const [own, other] = [values, witness.values].map((each) => each.get(element)?.find(({ wellFormed }) => wellFormed));
    if (!own || !other || own === other || isMasked(own.value) || isMasked(other.value)) return [];
    return [{ element, witness: source, agrees: foldText(own.value) === foldText(other.value) && isShown(element, other, source) }];
  });
}

/** Text that the page has but does not show says nothing of what people see there. A seal may lie on names, never on an element. */
function isShown(field: FieldName, { confidence }: Candidate, source: BillFace['source']): boolean {
  return source !== 'text' || confidence > 0 || !ELEMENT_NAMES.some((element) => element === field);
}

/** Fields that have one wording; titles are written in several ways. */
const COMPARED = FieldName.options.filter((field) => field !== 'title' && field !== 'totalAmountInWords');

function isMasked(value: string): boolean {
  return value.includes('*');
}

function agreed(statements: Partial<Elements>[]): Partial<Elements> {
  const entries = ELEMENT_NAMES.flatMap((element) => {
    const [value, ...others] = new Set(statements.flatMap((statement) => statement[element] ?? []));
    return value !== undefined && others.length === 0 ? [[element, value] as const] : [];
  });
  return Object.fromEntries(entries);
}

/** Everything on the bill that can speak for or against the printed elements. */
export function hearWitnesses(face: BillFace, printed: Partial<Elements>, code: CodeWitness): Testimony[] {
  return [
    ...signatureTestimony(face, printed),
    ...sourceTestimony(face),
    ...qrTestimony(printed, code),
    ...amountTestimony(face, printed),
    ...codeTestimony(face, printed, code),
  ];
}

function qrTestimony(printed: Partial<Elements>, { statements }: CodeWitness): Testimony[] {
  return ELEMENT_NAMES.flatMap((element) => {
    const said = [...new Set(statements.flatMap((statement) => statement[element] ?? []))];
    const print = printed[element];
    return print === undefined ? [] : said.map((value) => ({ element, witness: 'qr' as const, agrees: value === print }));
  });
}

function amountTestimony(face: BillFace, printed: Partial<Elements>): Testimony[] {
  const fen = printed.totalAmount === undefined ? null : parseAmount(printed.totalAmount);
  if (fen === null) return [];
  const element = 'totalAmount' as const;
  const words = wordsOf(face);
  return [
    ...(words === null || (words === fen && areWordsGuessed(face))
      ? []
      : [{ element, witness: 'amountWords' as const, agrees: words === fen }]),
    ...(face.itemSum === null ? [] : [{ element, witness: 'rowSum' as const, agrees: face.itemSum === fen }]),
  ];
}

/** 分 of the amount in words; null when it was not printed or not readable as a whole. */
export function wordsOf(face: BillFace): bigint | null {
  const words = face.values.get('totalAmountInWords')?.find((value) => value.wellFormed);
  return words ? parseAmountInWords(words.value) : null;
}

/** Words that only the recogniser's second choices make whole: they may contradict the figures, but do not confirm them. */
function areWordsGuessed(face: BillFace): boolean {
  const words = face.values.get('totalAmountInWords')?.find((value) => value.wellFormed);
  return words?.repaired === true && parseAmountInWords(words.glyphs.map(({ folded }) => folded).join('')) === null;
}

function codeTestimony(face: BillFace, printed: Partial<Elements>, qr: CodeWitness): Testimony[] {
  if (printed.billCode === undefined) return [];
  const element = 'billCode' as const;
  const { regionPrefix, classCode, yearCode } = splitBillCode(printed.billCode);
  const year = yearAgrees(yearCode, printed.issueDate);
  const titleRegion = face.title?.regionPrefix ?? null;
  const titleClass = face.title?.phrase.classCode ?? '';
  return [
    ...(year === null
      ? []
      : ([
          { element, witness: 'codeYear', agrees: year },
          { element: 'issueDate', witness: 'codeYear', agrees: year },
        ] as const)),
    ...(titleRegion === null ? [] : [{ element, witness: 'codeRegion' as const, agrees: titleRegion === regionPrefix }]),
    ...(qr.regionPrefix === null ? [] : [{ element, witness: 'qrRegion' as const, agrees: qr.regionPrefix === regionPrefix }]),
    ...(face.tagRegion === null ? [] : [{ element, witness: 'tagRegion' as const, agrees: face.tagRegion === regionPrefix }]),
    ...(titleClass === '' ? [] : [{ element, witness: 'codeClass' as const, agrees: titleClass === classCode }]),
    ...(REGIONS.has(regionPrefix) ? [] : [{ element, witness: 'codeRegion' as const, agrees: false }]),
  ];
}

/** Bills of early January may still carry the older year: that is no contradiction, and no confirmation. */
function yearAgrees(yearCode: string, issueDate: string | undefined): boolean | null {
  if (issueDate === undefined) return null;
  if (issueDate.slice(2, 4) === yearCode) return true;
  const isOldStock = issueDate.slice(5, 7) === '01' && Number(issueDate.slice(2, 4)) - Number(yearCode) === 1;
  return isOldStock ? null : false;
}
