import type { ProviderId } from '@app/contracts';
import type { BookEntry } from './book.schema';
import { drawPerMille } from './draw';
import type { Fault, FaultRule } from './fault.schema';

/** What is to go wrong with one call. */
export interface Mishap {
  fault: Fault | null;
  delayMs: number;
}

/** One call, as far as a rule looks at it. */
export interface RuledCall {
  provider: ProviderId;
  billNumber: string;
  requestNumber: number;
}

/** The scripted faults that were not used up yet: the first certain rule that fits, else the rule on which the request's draw falls. */
export class FaultScript {
  private rules: FaultRule[] = [];

  /** False when the shares of one seed would be more than a thousand; then nothing is added. */
  add(rules: readonly FaultRule[]): boolean {
    const all = [...this.rules, ...rules.map((rule) => ({ ...rule }))];
    const shares = new Map<number, number>();
    for (const { share, seed } of all) shares.set(seed, (shares.get(seed) ?? 0) + (share ?? 0));
    if ([...shares.values()].some((sum) => sum > 1_000)) return false;
    this.rules = all;
    return true;
  }

  clear(): void {
    this.rules = [];
  }

  list(): readonly FaultRule[] {
    return this.rules;
  }

  /** Takes the mishap of a call: a scripted rule before what the book says of the bill. */
  take(call: RuledCall, entry: BookEntry | undefined): Mishap {
    const rule = this.rules.find((each) => each.share === undefined && fits(each, call)) ?? this.drawn(call);
    if (!rule) return { fault: entry?.fault ?? null, delayMs: entry?.delayMs ?? 0 };
    rule.times -= 1;
    if (rule.times === 0) this.rules = this.rules.filter((each) => each !== rule);
    return { fault: rule.fault ?? null, delayMs: rule.delayMs };
  }

  private drawn(call: RuledCall): FaultRule | undefined {
    const taken = new Map<number, number>();
    for (const rule of this.rules) {
      if (rule.share === undefined) continue;
      const from = taken.get(rule.seed) ?? 0;
      taken.set(rule.seed, from + rule.share);
      const drawn = drawPerMille(rule.seed, call.requestNumber);
      if (drawn >= from && drawn < from + rule.share && fits(rule, call)) return rule;
    }
    return undefined;
  }
}

function fits(rule: FaultRule, { provider, billNumber }: RuledCall): boolean {
  return (rule.provider ?? provider) === provider && (rule.billNumber ?? billNumber) === billNumber;
}
