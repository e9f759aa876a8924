import type { BillKind, BillState, Elements, ElementsRead, OriginalKind, Outcome, VerificationState } from '@app/contracts';
import type { DefiniteVerdict } from './bill-state';

/** 入账 as it stands. */
export interface Booking {
  voucher: string;
  by: string;
  byName: string;
  at: Date;
}

/** The elements of a bill beside its code and number, as the ledger keeps them. */
export interface BillElements {
  checkCode: string | null;
  /** `YYYY-MM-DD`; null when it is not known or no real day. */
  issueDate: string | null;
  /** 分; null when it is not known. */
  amountFen: bigint | null;
}

/** A bill of a tenant's ledger. */
export interface Bill extends BillElements {
  /** UUIDv7: bills of one tenant sort by when they were first seen. */
  id: string;
  billCode: string;
  billNumber: string;
  kind: BillKind | null;
  title: string | null;
  payee: string | null;
  reading: 'certain' | 'doubtful' | null;
  state: BillState;
  verdict: DefiniteVerdict | null;
  /** State, outcome and id of the newest verification. */
  verificationState: VerificationState | null;
  outcome: Outcome | null;
  verificationId: string | null;
  /** When the newest verification that told something ended. */
  verifiedAt: Date | null;
  reversed: boolean | null;
  accounted: boolean | null;
  printed: boolean | null;
  isContradicted: boolean;
  receiptCount: number;
  /** Payee and titles, see `BillWords`. */
  texts: string;
  itemTerms: string[];
  nameTerms: string[];
  payerHash: Buffer | null;
  payerCodeHash: Buffer | null;
  booking: Booking | null;
  originalKind: OriginalKind | null;
  archiveLocation: string | null;
  firstSeenAt: Date;
  lastSeenAt: Date;
}

const MAX_NAME_LENGTH = 200;
const CHECK_CODE = /^[0-9A-Za-z]{1,20}$/;
const AMOUNT = /^(0|[1-9]\d{0,14})\.(\d{2})$/;

/** A name as the ledger shows it: on one line, of bounded length, and nothing that a text column would refuse, whoever wrote it. */
export function billName(text: string | null | undefined): string | null {
  const name = (text ?? '')
    .replace(/\p{Cc}+/gu, ' ')
    .slice(0, MAX_NAME_LENGTH)
    .toWellFormed()
    .trim();
  return name === '' ? null : name;
}

/** Elements as the ledger keeps them; what has no such form is not known. */
export function billElements({ checkCode, issueDate, totalAmount }: ElementsRead | Elements): BillElements {
  const amount = AMOUNT.exec(totalAmount ?? '');
  return {
    checkCode: checkCode !== null && CHECK_CODE.test(checkCode) ? checkCode : null,
    issueDate: issueDate !== null && isDay(issueDate) ? issueDate : null,
    amountFen: amount === null ? null : BigInt(`${amount[1] ?? ''}${amount[2] ?? ''}`),
  };
}

/** 分 as yuan with two places. */
export function yuan(fen: bigint): string {
  return `${fen / 100n}.${String(fen % 100n).padStart(2, '0')}`;
}

/** Whether two say the same of check code, day and amount. */
export function isSameElements(one: BillElements, other: BillElements): boolean {
  return one.checkCode === other.checkCode && one.issueDate === other.issueDate && one.amountFen === other.amountFen;
}

function isDay(text: string): boolean {
  if (!/^[1-9]\d{3}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
