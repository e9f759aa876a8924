import type { Charge, ProviderId } from '@app/contracts';

/** One attempt in our books: how it ended and what the cost ledger says of it in the end, after reconciliation. */
export interface OurLine {
  attemptId: string;
  provider: ProviderId;
  billCode: string;
  billNumber: string;
  state: 'intended' | 'answered' | 'notSent' | 'unknown';
  /** Null when the cost ledger has no row of it. */
  charge: Charge | null;
  createdAt: string;
}

/** One call in the provider's own books. */
export interface TheirLine {
  provider: ProviderId;
  billCode: string;
  billNumber: string;
  charged: boolean;
  at: string;
}

/** What comparing the books line by line shows; all of it must be 0 but the first three. */
export interface Accounts {
  attempts: number;
  calls: number;
  charged: number;
  /** Attempts that are not finished, or have no row in the cost ledger. */
  unfinished: number;
  unknown: number;
  /** Bills of which one side counts more charged calls than the other. */
  chargesThatDiffer: string[];
  /** Bills with more calls at the provider than attempts that may have been sent, or an answered attempt without a call. */
  callsThatDiffer: string[];
}

/** Compares both books, bill by bill and provider by provider. */
export function compareBooks(ours: readonly OurLine[], theirs: readonly TheirLine[]): Accounts {
  // A call that the provider turned away at its door, by its signature, names no bill in its book.
  const [named, unnamed] = [theirs.filter(isNamed), theirs.filter((line) => !isNamed(line))];
  const ourBills = Map.groupBy(ours, keyOf);
  const theirBills = Map.groupBy(named, keyOf);
  const keys = [...new Set([...ourBills.keys(), ...theirBills.keys()])].sort();
  const differences = keys.map((key) => [key, missingOrSurplus(ourBills.get(key) ?? [], theirBills.get(key)?.length ?? 0)] as const);
  const missing = differences.reduce((sum, [, calls]) => sum + Math.max(0, calls), 0);
  return {
    attempts: ours.length,
    calls: theirs.length,
    charged: theirs.filter(({ charged }) => charged).length,
    unfinished: ours.filter(({ state, charge }) => state === 'intended' || charge === null).length,
    unknown: ours.filter(({ charge }) => charge === 'unknown').length,
    chargesThatDiffer: [
      ...keys.filter((key) => chargedIn(ourBills.get(key) ?? []) !== chargedIn(theirBills.get(key) ?? [])),
      ...unnamed.filter(({ charged }) => charged).map(({ provider }) => `${provider}: a charge for no bill`),
    ],
    callsThatDiffer: differences.filter(([, calls]) => calls < 0 || (calls > 0 && missing !== unnamed.length)).map(([key]) => key),
  };
}

const isNamed = ({ billNumber }: TheirLine): boolean => billNumber !== '';

function keyOf({ provider, billCode, billNumber }: OurLine | TheirLine): string {
  return `${provider} ${billCode} ${billNumber}`;
}

function chargedIn(lines: readonly OurLine[] | readonly TheirLine[]): number {
  return lines.filter((line) => ('charged' in line ? line.charged : line.charge === 'charged')).length;
}

/** Each answered attempt was one call; each that may have been sent was one at most; one that was not sent was none. 0 when they agree. */
function missingOrSurplus(lines: readonly OurLine[], calls: number): number {
  const answered = lines.filter(({ state }) => state === 'answered').length;
  const unknown = lines.filter(({ state }) => state === 'unknown').length;
  if (calls < answered) return answered - calls;
  return Math.min(0, answered + unknown - calls);
}
