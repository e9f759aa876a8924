import { Elements, type FieldName } from '@app/contracts';
import { parseDay } from '../checks/calendar';
import type { EvidenceElement } from '../evidence';
import type { Candidate } from '../fields/candidate';
import { parseAccount } from '../parties/account';
import { formatAmount } from '../money/amount';
import { parseAmountInWords } from '../money/amount-in-words';
import { parseDataAmount } from '../money/data-amount';
import { elementsWhere, isNamed, textOf } from './elements';

/** The elements a field may stand in: those of the Ministry of Finance's e-bill, then those of the archive standard DA/T 95. */
const ELEMENTS_OF: Partial<Record<FieldName, string[]>> = {
  title: ['EInvoiceName'],
  billCode: ['EInvoiceCode'],
  billNumber: ['EInvoiceNumber'],
  checkCode: ['RandomNumber'],
  issueDate: ['IssueDate'],
  totalAmount: ['TotalAmount'],
  payer: ['PayerPartyName', 'PayerName'],
  payerCreditCode: ['PayerPartyCode', 'PayerCode'],
  payee: ['InvoicingPartyName', 'AgencyName'],
  reviewer: ['Checker'],
  cashier: ['HandlingPerson'],
  payerAccount: ['PayerAcct'],
  payerBank: ['PayerOpBk'],
  payeeCode: ['InvoicingPartyCode', 'AgencyCode'],
  payeeAccountName: ['RecName'],
  payeeAccount: ['RecAcct'],
  payeeBank: ['RecOpBk'],
  payCode: ['PayCode'],
};

/** Longer texts are no amount in words. */
const LONGEST_WORDS = 60;

/** Every value of each field in the main part of a bill; a field whose element is missing or empty has none. */
export function xmlValues(main: EvidenceElement[]): Map<FieldName, Candidate[]> {
  const values = new Map<FieldName, Candidate[]>();
  for (const [field, names] of Object.entries(ELEMENTS_OF) as [FieldName, string[]][]) {
    add(
      values,
      field,
      main.filter((element) => isNamed(element, ...names)),
    );
  }
  // The published form has no element for the amount in words. Where an issuer adds one, the value is told by its own shape.
  add(
    values,
    'totalAmountInWords',
    main.filter((element) => element.children.length === 0 && isAmountInWords(textOf(element))),
  );
  return values;
}

function add(values: Map<FieldName, Candidate[]>, field: FieldName, elements: EvidenceElement[]): void {
  const found = elements.filter((element) => textOf(element) !== '').map((element) => candidate(field, element));
  if (found.length > 0) values.set(field, found);
}

/** Characters of data are not recognised but given, so they are certain to be what the file says. A value has no elements in it. */
function candidate(field: FieldName, element: EvidenceElement): Candidate {
  const value = element.children.length > 0 ? null : canonical(field, textOf(element));
  return {
    field,
    value: value ?? textOf(element),
    raw: element.text,
    wellFormed: value !== null,
    repaired: false,
    confidence: 1,
    quad: null,
    glyphs: [],
  };
}

function canonical(field: FieldName, text: string): string | null {
  if (field === 'title') return text.replace(/\(电子\)$/u, '（电子）');
  if (field === 'payerAccount' || field === 'payeeAccount') return parseAccount(text);
  if (!isElement(field)) return text;
  const value = field === 'issueDate' ? parseDay(text) : field === 'totalAmount' ? amountOf(text) : text;
  return Elements.shape[field].safeParse(value).success ? value : null;
}

function amountOf(text: string): string | null {
  const fen = parseDataAmount(text);
  return fen === null ? null : formatAmount(fen);
}

function isElement(field: FieldName): field is keyof Elements {
  return field in Elements.shape;
}

function isAmountInWords(text: string): boolean {
  return text.length <= LONGEST_WORDS && /[元圆]/u.test(text) && parseAmountInWords(text) !== null;
}

/** The parts of a bill that hold values of other things under names that may be like those of its fields. */
const ELSEWHERE = ['Details', 'AuxDetails', 'MainExt', 'Items', 'AuxItems', 'FinanceCheck', 'Attachments'];

/** The elements that say what stands on the bill's face: those of `Main`, or of the bill where there is none. */
export function mainElements(bill: EvidenceElement): EvidenceElement[] {
  const isElsewhere = (element: EvidenceElement) => isNamed(element, ...ELSEWHERE) || /signature$/iu.test(element.name);
  const mains = elementsWhere([bill], (element) => isNamed(element, 'Main'), isElsewhere);
  const found = elementsWhere(mains.length > 0 ? mains : [bill], () => true, isElsewhere);
  return [...found, ...payCodes(bill)];
}

/** 缴款码 is the one field that the published form has in its open-ended part. */
function payCodes(bill: EvidenceElement): EvidenceElement[] {
  const extensions = elementsWhere([bill], (element) => isNamed(element, 'MainExt'));
  return elementsWhere(extensions, (element) => isNamed(element, 'PayCode'));
}
