import type { Elements, Outcome, ProviderFace, Verdict, VerificationState } from '@app/contracts';
import { v7 as uuidv7 } from 'uuid';
import { type Bill, type BillElements, billElements, billName, isSameElements } from './bill';
import { isFoundTrue, standingVerdict } from './bill-state';
import type { BillNote } from './bill.store';
import { type BillSecretWords, NO_SECRET_WORDS } from './bill-secret-words';
import type { ToldInClear } from './bill-secrets';
import { billWords, joinedTerms, MOST_TERMS } from './bill-words';
import { stateOf } from './reading-note';

/** Where a verification is, or what it came to. */
export interface VerificationNews {
  verificationId: string;
  receiptId: string | null;
  elements: Elements;
  state: VerificationState;
  verdict: Verdict;
  outcome: Outcome | null;
  face: ProviderFace | null;
  /** Null while it is open. */
  finishedAt: Date | null;
}

/** What a face that was found true tells that the ledger may hold under the tenant's key only. */
export function secretsTold({ verdict, face }: VerificationNews): ToldInClear {
  if (face === null || !isFoundTrue(verdict)) return {};
  return { items: face.items.map(({ itemName }) => itemName), payer: face.payer, payerCreditCode: face.payerCreditCode };
}

/** The bill that was asked about, as if nothing were known of it. */
export function billAskedAbout(news: VerificationNews, secret: BillSecretWords, at: Date): BillNote {
  const { billCode, billNumber } = news.elements;
  const nothing: Bill = {
    ...{ id: uuidv7(), billCode, billNumber, ...billElements(news.elements), kind: null, title: null, payee: null, reading: null },
    ...{ state: 'unverified', verdict: null, verificationState: null, outcome: null, verificationId: null, verifiedAt: null },
    ...{ reversed: null, accounted: null, printed: null, isContradicted: false, receiptCount: news.receiptId === null ? 0 : 1 },
    ...{ texts: '', itemTerms: [], nameTerms: [], payerHash: null, payerCodeHash: null },
    ...{ booking: null, firstSeenAt: at, lastSeenAt: at },
  };
  return afterVerification(nothing, news, secret);
}

/** The bill there is after a verification of it went on. */
export function afterVerification(standing: Bill, news: VerificationNews, secret: BillSecretWords): BillNote {
  const asked = billElements(news.elements);
  const isEarlier = isBefore(news.finishedAt, standing.verifiedAt);
  const verdict = standingVerdict(standing.verdict, {
    ...{ state: news.state, verdict: news.verdict, isEarlier, isSameElements: isSameElements(standing, asked) },
  });
  const isDecided = verdict !== null && verdict === news.verdict && !(isEarlier && verdict === standing.verdict);
  const face = isDecided && isFoundTrue(verdict) ? news.face : null;
  const next: Bill = {
    ...standing,
    ...elementsAfter(standing, asked, isDecided && isFoundTrue(verdict)),
    ...namesAfter(standing, face),
    ...flagsAfter(standing, face),
    ...(isEarlier ? {} : { verificationState: news.state, outcome: news.outcome, verificationId: news.verificationId }),
    verdict,
    verifiedAt: isEarlier || news.verdict === 'none' ? standing.verifiedAt : (news.finishedAt ?? standing.verifiedAt),
    isContradicted: false,
  };
  if (face === null) return { bill: { ...next, state: stateOf(next) }, words: NO_WORDS, link: null };
  const titles = [...standing.texts.split('\n').slice(1), next.title];
  const words = billWords({ payee: next.payee, titles, secret });
  const found = {
    texts: words.texts,
    itemTerms: joinedTerms(standing.itemTerms, words.itemTerms, MOST_TERMS.items),
    payerHash: secret.payerHash ?? standing.payerHash,
    payerCodeHash: secret.payerCodeHash ?? standing.payerCodeHash,
  };
  return { bill: { ...next, ...found, state: stateOf(next) }, words, link: null };
}

/** Elements that were found true stay until others are. */
function elementsAfter(standing: Bill, asked: BillElements, areTrue: boolean): Partial<BillElements> {
  return isFoundTrue(standing.verdict) && !areTrue ? {} : asked;
}

function namesAfter({ title, payee }: Bill, face: ProviderFace | null): Pick<Bill, 'title' | 'payee'> {
  return { title: billName(face?.title) ?? title, payee: billName(face?.payee) ?? payee };
}

/** What the provider does not give stays as it was told before. */
function flagsAfter({ reversed, accounted, printed }: Bill, face: ProviderFace | null): Pick<Bill, 'reversed' | 'accounted' | 'printed'> {
  return {
    reversed: reversed === true ? true : (face?.reversed ?? reversed),
    accounted: face?.accounted ?? accounted,
    printed: face?.printed ?? printed,
  };
}

const NO_WORDS = billWords({ payee: null, titles: [], secret: NO_SECRET_WORDS });

function isBefore(one: Date | null, other: Date | null): boolean {
  return one !== null && other !== null && one.getTime() < other.getTime();
}
