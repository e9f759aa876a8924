import { quantile } from '../ocr/summary';
import { distinctBill } from './distinct-bills';
import type { Send } from './load';
import type { VerifyingClient } from './verifying-client';
import type { CoreTimes, VerifyingProduct } from './verifying-product';

/** What one load came to. Times are milliseconds from when a request was due to its whole answer, less what the provider was told to take. */
export interface Measured {
  asked: number;
  seconds: number;
  perSecond: number;
  p50Ms: number;
  p95Ms: number;
  p99Ms: number;
  longestMs: number;
  /** Answers by outcome, and everything that was no answer by what came instead. */
  outcomes: Record<string, number>;
  errors: Record<string, number>;
  /** Verifications that the provider was not asked for exactly once, by their own list of attempts. */
  notOneCall: number;
  /** Core time for one verification, by process. */
  coreMsEach: CoreTimes;
}

/** Numbers of bills, each given out once. */
export class BillNumbers {
  private next = 0;
  take(): number {
    return this.next++;
  }
}

export interface MeasuredLoad {
  product: VerifyingProduct;
  client: VerifyingClient;
  numbers: BillNumbers;
  issueDate: string;
  /** What the provider takes for a call, which is not ours. */
  providerMs: number;
  load: (send: Send) => Promise<void>;
}

/** Runs a load, and says what its clients saw and what it cost. */
export async function measure({ product, client, numbers, issueDate, providerMs, load }: MeasuredLoad): Promise<Measured> {
  const times: number[] = [];
  const outcomes = new Map<string, number>();
  const errors = new Map<string, number>();
  let notOneCall = 0;
  await product.delayProvider(providerMs);
  const before = await product.coreTimes();
  const startedAt = performance.now();
  await load(async (_number, dueAt) => {
    const { ms, view, error } = await client.verify(distinctBill(numbers.take(), issueDate), dueAt);
    times.push(ms - providerMs);
    if (view === undefined) count(errors, error ?? 'no answer');
    else {
      count(outcomes, `${view.origin} ${view.outcome ?? view.state}`);
      if (view.attempts.length !== 1) notOneCall++;
    }
  });
  const seconds = (performance.now() - startedAt) / 1_000;
  const coreMsEach = each(before, await product.coreTimes(), times.length);
  times.sort((a, b) => a - b);
  const at = (share: number) => quantile(times, share);
  return {
    asked: times.length,
    seconds,
    perSecond: times.length / seconds,
    ...{ p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99), longestMs: at(1) },
    outcomes: Object.fromEntries(outcomes),
    errors: Object.fromEntries(errors),
    notOneCall,
    coreMsEach,
  };
}

function count(counts: Map<string, number>, what: string): void {
  counts.set(what, (counts.get(what) ?? 0) + 1);
}

function each(before: CoreTimes, after: CoreTimes, verifications: number): CoreTimes {
  return Object.fromEntries(
    Object.entries(after).map(([name, ms]) => {
      const earlier = before[name];
      return [name, ms === undefined || earlier === undefined ? undefined : (ms - earlier) / verifications];
    }),
  );
}
