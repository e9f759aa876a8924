import { ELEMENT_NAMES, type BillDecision, type ElementName, type Elements, type Reason, type Signature } from '@app/contracts';
import type { BillFace } from '../bill-face';
import { creditCodeHolds } from '../checks/credit-code';
import { wordsOf, type CodeWitness, type Testimony } from '../checks/witnesses';
import { foldText } from '../text/folding';
import { judgeElement } from './judge-element';
import { blocks, reason, type ReasonCode } from './reasons';

/** Fiscal e-bills begin with the trials of 2017. */
const FIRST_DAY = '2017-01-01';

/** A watermark stands alone; a viewer's window that says 电子票据预览 marks nothing. */
const SAMPLE_MARK = /^\(?(仅供)?(样票|票样|样张|预览|作废|已作废)\)?$/u;

/** What a contradicting witness means. */
const CONTRADICTION: Record<Exclude<Testimony['witness'], 'signature'>, ReasonCode> = {
  text: 'sources-disagree',
  ocr: 'sources-disagree',
  qr: 'qr-disagrees',
  amountWords: 'amount-words-disagree',
  rowSum: 'item-sum-disagrees',
  codeYear: 'code-year-disagrees',
  codeRegion: 'code-region-disagrees',
  qrRegion: 'code-region-disagrees',
  tagRegion: 'code-region-disagrees',
  codeClass: 'code-class-disagrees',
};

/** Witnesses that name their bill themselves: they speak of this one, whatever else is on the page. */
const STANDS_APART: ReadonlySet<Testimony['witness']> = new Set(['qr', 'text', 'ocr']);

/** The case of one bill: what it says, its elements of right shape, and what speaks for or against them. */
export interface Case {
  face: BillFace;
  printed: Partial<Elements>;
  code: CodeWitness;
  testimony: Testimony[];
  today: string;
  /** True for data of a document that has pages, none of which shows the bill. */
  isUnseen: boolean;
}

/** `auto` only when nothing at all stands against it; otherwise `review`, with every reason. */
export function decide(bill: Case): { decision: BillDecision; reasons: Reason[] } {
  const reasons = unique([
    ...ELEMENT_NAMES.flatMap((element) => elementReasons(element, bill)),
    ...bill.testimony.flatMap(contradictionReason),
    ...signatureReasons(bill.face),
    ...dateReasons(bill),
    ...billReasons(bill),
    ...(bill.isUnseen ? [reason('element-unconfirmed', 'totalAmount')] : []),
  ]);
  return { decision: reasons.some(({ code }) => blocks(code)) ? 'review' : 'auto', reasons };
}

function elementReasons(element: ElementName, { face, code, testimony }: Case): Reason[] {
  const values = face.values.get(element) ?? [];
  if (values.length === 0 && code.elements[element] !== undefined) return [reason('element-from-code-only', element)];
  if (isMissingOnPage(element, face)) return [reason('element-unconfirmed', element)];
  return judgeElement(element, values, { source: face.source, testimony });
}

/** A page that is given as text shows all that its data says, or shows it in a way that nobody can compare. */
function isMissingOnPage(element: ElementName, { witness }: BillFace): boolean {
  return witness?.source === 'text' && witness.values.get(element)?.some(({ wellFormed }) => wellFormed) !== true;
}

function dateReasons({ printed, today }: Case): Reason[] {
  if (printed.issueDate === undefined) return [];
  if (printed.issueDate > today) return [reason('date-in-future', 'issueDate')];
  return printed.issueDate < FIRST_DAY ? [reason('date-too-old', 'issueDate')] : [];
}

function billReasons({ face, testimony }: Case): Reason[] {
  const creditCode = face.values.get('payerCreditCode')?.[0]?.value ?? '';
  const isConfirmed = (['billNumber', 'checkCode'] as const).every((element) =>
    testimony.some((entry) => entry.element === element && STANDS_APART.has(entry.witness) && entry.agrees),
  );
  return [
    ...(face.source === 'xml' && face.witness === null ? [] : wordsReasons(face)),
    ...(face.isAmountDetached && face.itemSum === null ? [reason('element-unconfirmed', 'totalAmount')] : []),
    ...(/^[0-9A-Z]{18}$/u.test(creditCode) && !creditCodeHolds(creditCode) ? [reason('credit-code-check', 'payerCreditCode')] : []),
    ...(face.kind === null ? [reason('kind-unknown')] : []),
    ...(!face.standsApart && !isConfirmed ? [reason('several-bills')] : []),
    ...(face.lines.some(({ line }) => SAMPLE_MARK.test(foldText(line.text))) ? [reason('marked-as-sample')] : []),
  ];
}

/** A signature only speaks for a bill; one that does not fit is a reason of its own. */
function contradictionReason({ element, witness, agrees }: Testimony): Reason[] {
  return agrees || witness === 'signature' ? [] : [reason(CONTRADICTION[witness], element)];
}

/** A document may bear several signatures: one that does not fit is never outweighed by others. */
function signatureReasons({ source, signatures }: BillFace): Reason[] {
  const has = (state: Signature['state']) => signatures.some((signature) => signature.state === state);
  if (has('altered')) return [reason('signature-altered')];
  if (has('intact')) return [];
  if (has('untrusted')) return [reason('signature-untrusted')];
  if (has('notChecked')) return [reason('signature-not-checked')];
  return source === 'xml' ? [reason('not-signed')] : [];
}

function wordsReasons(face: BillFace): Reason[] {
  return wordsOf(face) === null ? [reason('amount-words-unreadable', 'totalAmountInWords')] : [];
}

/** One reason for each code and field, in the order they came up. */
function unique(reasons: Reason[]): Reason[] {
  return [...new Map(reasons.map((entry) => [`${entry.code} ${entry.field ?? ''}`, entry])).values()];
}
