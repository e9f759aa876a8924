import type { Used } from '../rules/refusal-beyond-allowance';

/** What was used on a Shanghai day: calls, and what they cost, in 毫. */
export interface UsedDay extends Used {
  day: string;
}

/** Counts calls by day and money by month, as the allowance of a tenant does. */
export class Tally {
  private readonly calls = new Map<string, number>();
  private readonly hao = new Map<string, bigint>();

  constructor(earlier: readonly UsedDay[]) {
    for (const day of earlier) this.add(day);
  }

  add({ day, calls, hao }: UsedDay): void {
    this.calls.set(day, (this.calls.get(day) ?? 0) + calls);
    this.hao.set(monthOf(day), (this.hao.get(monthOf(day)) ?? 0n) + hao);
  }

  /** What was used on a Shanghai day, and in its month, so far. */
  usedOn(day: string): Used {
    return { calls: this.calls.get(day) ?? 0, hao: this.hao.get(monthOf(day)) ?? 0n };
  }
}

function monthOf(day: string): string {
  return day.slice(0, 7);
}
