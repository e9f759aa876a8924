import type { Elements, Outcome, ProviderFace, Verdict, VerificationState } from '@app/contracts';
import { v7 as uuidv7 } from 'uuid';
import { type Bill, type BillElements, billElements, billName, isSameElements } from './bill';
import { isFoundTrue, standingVerdict } from './bill-state';
import type { BillNote } from './bill.store';
import { billWords } from './bill-words';
import { stateOf, withWords } from './reading-note';

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

/** The bill that was asked about, as if nothing were known of it. */
export function billAskedAbout(news: VerificationNews, at: Date): BillNote {
  const { billCode, billNumber } = news.elements;
  const nothing: Bill = {
    ...{ id: uuidv7(), billCode, billNumber, ...billElements(news.elements), kind: null, title: null, payee: null, reading: null },
    ...{ state: 'unverified', verdict: null, verificationState: null, outcome: null, verificationId: null, verifiedAt: null },
    ...{ reversed: null, accounted: null, printed: null, isContradicted: false, receiptCount: news.receiptId === null ? 0 : 1 },
    ...{ texts: '', fileWords: '', booking: null, firstSeenAt: at, lastSeenAt: at },
  };
  return afterVerification(nothing, news);
}

/** The bill there is after a verification of it went on. */
export function afterVerification(standing: Bill, news: VerificationNews): BillNote {
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
  const words = face === null ? billWords({ payee: null, others: [], names: [] }) : wordsAfter(standing, next, face);
  const texts = face === null ? standing.texts : words.texts;
  return { bill: { ...next, texts, state: stateOf(next) }, words, link: null };
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

function wordsAfter(standing: Bill, next: Bill, face: ProviderFace): BillNote['words'] {
  return withWords(standing, next.payee, [next.title, ...face.items.map(({ itemName }) => itemName)]);
}

function isBefore(one: Date | null, other: Date | null): boolean {
  return one !== null && other !== null && one.getTime() < other.getTime();
}
