import type { BillState } from '@app/contracts';
import type { BillQuestion } from '@app/receipts';

/** What a search asks with: a bill of the tenant, drawn by chance. */
export interface DrawnBill {
  id: string;
  billCode: string;
  billNumber: string;
  checkCode: string;
  issueDate: string;
  /** Yuan with two places. */
  amount: string;
  kind: string;
  payee: string;
  item: string | null;
  fileDay: string;
  fileTime: string;
  voucher: string | null;
  /** Day on which it was first seen. */
  seenOn: string;
}

/** A kind of search, by its name in the report. `isOwn`: the drawn bill is among its results. */
export interface SearchKind {
  name: string;
  isOwn: boolean;
  question: (bill: DrawnBill, round: number) => Partial<BillQuestion>;
}

const STATES: readonly BillState[] = ['unverified', 'review', 'mismatch', 'notFound', 'reversed', 'unknown', 'failed', 'refused', 'match'];
const UNITS = ['第一人民医院', '妇幼保健院', '职业技术学院', '中级人民法院', '慈善总会', '医院', '大学', '州市'];
const ITEMS = ['检查费', '学费', '捐赠款', '诉讼费'];

const at = <T>(values: readonly [T, ...T[]] | readonly T[], round: number): T => values[round % values.length] as T;
const month = (day: string): { from: string; to: string } => {
  const [year = 0, number = 1] = day.split('-').map(Number);
  return { from: `${day.slice(0, 7)}-01`, to: new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10) };
};
const issuedIn = (day: string) => ({ issuedFrom: month(day).from, issuedTo: month(day).to });

/** The mix: what clerks look for, each kind as often as any other, the awkward ones too. */
export const SEARCHES: readonly SearchKind[] = [
  { name: 'newest page', isOwn: false, question: () => ({}) },
  { name: 'a page far down', isOwn: false, question: ({ id }) => ({ cursor: id }) },
  { name: 'bill number', isOwn: true, question: ({ billNumber }) => ({ billNumber }) },
  { name: 'code and number', isOwn: true, question: ({ billCode, billNumber }) => ({ billCode, billNumber }) },
  { name: 'check code', isOwn: true, question: ({ checkCode }) => ({ checkCode }) },
  { name: 'bill code', isOwn: false, question: ({ billCode }) => ({ billCode }) },
  { name: 'exact amount', isOwn: false, question: ({ amount }) => ({ amountFrom: amount, amountTo: amount }) },
  { name: 'one day of issue', isOwn: false, question: ({ issueDate }) => ({ issuedFrom: issueDate, issuedTo: issueDate }) },
  { name: 'a month of issue', isOwn: false, question: ({ issueDate }) => issuedIn(issueDate) },
  { name: 'a month of issue, newest first', isOwn: false, question: ({ issueDate }) => ({ ...issuedIn(issueDate), sort: 'newest' }) },
  { name: 'verified on a day', isOwn: false, question: ({ seenOn }) => ({ verifiedFrom: seenOn, verifiedTo: seenOn }) },
  { name: 'a state', isOwn: false, question: (_bill, round) => ({ state: [at(STATES, round)] }) },
  { name: 'a state and a kind', isOwn: false, question: ({ kind }, round) => ({ state: [at(STATES, round)], kind: [kind as never] }) },
  { name: 'match and not booked', isOwn: false, question: () => ({ state: ['match'], booked: false }) },
  { name: 'duplicates of a kind', isOwn: false, question: ({ kind }) => ({ duplicate: true, kind: [kind as never] }) },
  { name: 'part of payees (第一人民医院)', isOwn: false, question: (_bill, round) => ({ q: at(UNITS, round) }) },
  { name: 'one payee, whole name', isOwn: false, question: ({ payee }) => ({ payee }) },
  { name: 'payee and a month', isOwn: false, question: ({ payee, issueDate }) => ({ payee, ...issuedIn(issueDate) }) },
  {
    name: 'payee, newest first, amount',
    isOwn: true,
    question: ({ payee, amount }) => ({ payee, amountFrom: amount, amountTo: amount, sort: 'newest' }),
  },
  { name: 'item name', isOwn: false, question: ({ item, payee }) => ({ q: item ?? payee }) },
  { name: 'payee and item', isOwn: false, question: ({ payee }, round) => ({ q: `${payee} ${at(ITEMS, round)}` }) },
  { name: 'file name', isOwn: true, question: ({ fileDay, fileTime }) => ({ q: `IMG_${fileDay}_${fileTime}` }) },
  { name: 'voucher', isOwn: false, question: ({ voucher, payee }) => ({ q: voucher ?? payee }) },
  { name: 'a word that nothing has', isOwn: false, question: (_bill, round) => ({ q: `无此单位${round}` }) },
  { name: 'largest amounts of a kind', isOwn: false, question: ({ kind }) => ({ kind: [kind as never], sort: 'amount' }) },
];

/** Numbers of bills spread over all of a ledger of `bills`. */
export function drawnNumbers(bills: number, count: number): string[] {
  return Array.from({ length: count }, (_, index) => String(1 + ((index * 7_919_317 + 104_729) % bills)).padStart(10, '0'));
}
