import { isWithinLimit } from '../charges/settlement/settlement-limit';

/** A call that was settled by hand: on which Shanghai day, and what it cost, in 毫. */
export interface PastSettlement {
  day: string;
  hao: bigint;
}

/** How many of these, in their order, a limit of a day gives to a second person. */
export function secondPersons(settlements: readonly PastSettlement[], limitHao: bigint): number {
  const settled = new Map<string, bigint>();
  return settlements.filter(({ day, hao }) => {
    const before = settled.get(day) ?? 0n;
    settled.set(day, before + hao);
    return !isWithinLimit(before, hao, limitHao);
  }).length;
}
