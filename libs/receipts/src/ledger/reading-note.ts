import { type BillReading, ELEMENT_NAMES, type ElementsRead, type FieldName } from '@app/contracts';
import { v7 as uuidv7 } from 'uuid';
import type { Receipt } from '../receipt.entity';
import type { Correction } from '../review/correction.entity';
import { type Bill, billElements, billName, isSameElements } from './bill';
import { billState, isFoundTrue } from './bill-state';
import type { BillNote } from './bill.store';
import type { BillSecretWords } from './bill-secret-words';
import type { ToldInClear } from './bill-secrets';
import { billWords, joinedTerms, MOST_TERMS } from './bill-words';

/** One bill of a receipt as it stands: the machine's word, and over it a person's. */
export interface BillShown {
  receipt: Receipt;
  /** From 1. */
  billIndex: number;
  read: BillReading;
  correction: Correction | null;
  /** Of what `secretsShown` tells. */
  secret: BillSecretWords;
}

/** What such a bill tells that the ledger may hold under the tenant's key only. */
export function secretsShown(shown: Omit<BillShown, 'secret'>): ToldInClear {
  return {
    items: shown.read.items.map(({ itemName }) => itemName),
    names: [shown.receipt.fileName.replace(/\.[A-Za-z0-9]{1,5}$/, '')],
    payer: fieldOf(shown, 'payer'),
    payerCreditCode: fieldOf(shown, 'payerCreditCode'),
  };
}

const IDENTIFIER = /^[0-9A-Za-z-]{1,32}$/;

/** The bill that a document shows, as if it were the first to do so; null where its code or number is not known, for then it is no bill yet. */
export function billShown(shown: BillShown, at: Date): BillNote | null {
  const elements = elementsOf(shown);
  const { billCode, billNumber } = elements;
  if (!isIdentifier(billCode) || !isIdentifier(billNumber)) return null;
  const seen = { ...billElements(elements), reading: isCertain(shown) ? ('certain' as const) : ('doubtful' as const) };
  const words = wordsOf(shown);
  const bill: Bill = {
    ...{ id: uuidv7(), billCode, billNumber, ...seen },
    kind: shown.read.kind,
    title: fieldOf(shown, 'title'),
    payee: fieldOf(shown, 'payee'),
    state: billState({ reading: seen.reading, receiptCount: 1, verdict: null, verification: null }),
    ...{ verdict: null, verificationState: null, outcome: null, verificationId: null, verifiedAt: null },
    ...{ reversed: null, accounted: null, printed: null, isContradicted: false, receiptCount: 1, booking: null },
    ...{ texts: words.texts, itemTerms: words.itemTerms, nameTerms: words.nameTerms },
    ...{ payerHash: shown.secret.payerHash, payerCodeHash: shown.secret.payerCodeHash, firstSeenAt: at, lastSeenAt: at },
  };
  return { bill, words, link: { receiptId: shown.receipt.id, billIndex: shown.billIndex, ...seen } };
}

/** The bill there is after another document, or another word on the same, showed it. What a provider found true no document changes. */
export function afterReading(standing: Bill, note: BillNote & { secret: BillSecretWords }): BillNote {
  const { bill: shown, link } = note;
  const isTrue = isFoundTrue(standing.verdict);
  const names = { title: shown.title ?? standing.title, payee: shown.payee ?? standing.payee, kind: shown.kind };
  const { checkCode, issueDate, amountFen, reading } = shown;
  const said = isTrue ? known(standing, names) : { ...names, checkCode, issueDate, amountFen, reading };
  const further = [said.title, ...shown.texts.split('\n').slice(1)];
  // Of a bill that was found true what was known is kept; of any other this showing is the newest word.
  const titles = isTrue ? [...standing.texts.split('\n').slice(1), ...further] : further;
  const words = billWords({ payee: said.payee, titles, secret: note.secret });
  const next: Bill = {
    ...standing,
    ...said,
    isContradicted: isTrue && link?.reading === 'certain' && !isSameElements(standing, link),
    receiptCount: Math.max(1, standing.receiptCount),
    texts: words.texts,
    itemTerms: isTrue ? joinedTerms(standing.itemTerms, shown.itemTerms, MOST_TERMS.items) : shown.itemTerms,
    nameTerms: joinedTerms(standing.nameTerms, shown.nameTerms, MOST_TERMS.names),
    payerHash: (isTrue ? standing.payerHash : null) ?? shown.payerHash ?? standing.payerHash,
    payerCodeHash: (isTrue ? standing.payerCodeHash : null) ?? shown.payerCodeHash ?? standing.payerCodeHash,
  };
  return { bill: { ...next, state: stateOf(next) }, words: { ...words, terms: [...new Set([...words.terms, ...note.words.terms])] }, link };
}

/** What is known stays; what is not is learnt. */
function known({ kind, title, payee }: Bill, names: Pick<Bill, 'kind' | 'title' | 'payee'>): typeof names {
  return { kind: kind ?? names.kind, title: title ?? names.title, payee: payee ?? names.payee };
}

/** A bill's state from what is kept of it. */
export function stateOf({ reading, receiptCount, verdict, verificationState }: Bill): Bill['state'] {
  return billState({ reading, receiptCount, verdict, verification: verificationState });
}

function elementsOf({ read, correction }: BillShown): ElementsRead {
  return correction?.over(read.elements) ?? read.elements;
}

/** Certain is what the machine let pass, or what a person vouches for in every element. */
function isCertain({ read, correction }: BillShown): boolean {
  return read.decision === 'auto' || ELEMENT_NAMES.every((name) => correction?.reviewed.includes(name));
}

function fieldOf({ read, correction }: Omit<BillShown, 'secret'>, name: FieldName): string | null {
  return billName(correction?.fields[name]?.to ?? read.fields[name]?.value);
}

function wordsOf(shown: BillShown): BillNote['words'] {
  return billWords({ payee: fieldOf(shown, 'payee'), titles: [fieldOf(shown, 'title')], secret: shown.secret });
}

function isIdentifier(text: string | null): text is string {
  return text !== null && IDENTIFIER.test(text);
}
