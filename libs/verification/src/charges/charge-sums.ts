import type { ChargeSums } from '@app/contracts';
import { formatYuan } from './yuan';

/** What some calls came to; money in 毫. */
export interface Sums {
  calls: number;
  charged: number;
  free: number;
  unknown: number;
  settled: number;
  cached: number;
  joined: number;
  amountHao: bigint;
  unknownHao: bigint;
  hasPlaceholderPrice: boolean;
}

export const NO_CALLS: Sums = {
  calls: 0,
  charged: 0,
  free: 0,
  unknown: 0,
  settled: 0,
  cached: 0,
  joined: 0,
  amountHao: 0n,
  unknownHao: 0n,
  hasPlaceholderPrice: false,
};

/** Both together. */
export function addSums(a: Sums, b: Sums): Sums {
  return {
    calls: a.calls + b.calls,
    charged: a.charged + b.charged,
    free: a.free + b.free,
    unknown: a.unknown + b.unknown,
    settled: a.settled + b.settled,
    cached: a.cached + b.cached,
    joined: a.joined + b.joined,
    amountHao: a.amountHao + b.amountHao,
    unknownHao: a.unknownHao + b.unknownHao,
    hasPlaceholderPrice: a.hasPlaceholderPrice || b.hasPlaceholderPrice,
  };
}

/** Sums as people see them: money in yuan. */
export function shownSums({ amountHao, unknownHao, hasPlaceholderPrice, ...counts }: Sums): ChargeSums {
  return { ...counts, amountYuan: formatYuan(amountHao), unknownYuan: formatYuan(unknownHao), hasPlaceholderPrice };
}
