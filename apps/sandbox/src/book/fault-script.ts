import type { ProviderId } from '@app/contracts';
import type { BookEntry, Fault, FaultRule } from './book.schema';

/** What is to go wrong with one call. */
export interface Mishap {
  fault: Fault | null;
  delayMs: number;
}

/** The scripted faults that were not used up yet; the first rule that fits is taken. */
export class FaultScript {
  private rules: FaultRule[] = [];

  add(rule: FaultRule): void {
    this.rules.push({ ...rule });
  }

  clear(): void {
    this.rules = [];
  }

  list(): readonly FaultRule[] {
    return this.rules;
  }

  /** Takes the mishap of a call: a scripted rule before what the book says of the bill. */
  take(provider: ProviderId, billNumber: string, entry: BookEntry | undefined): Mishap {
    const rule = this.rules.find((each) => (each.provider ?? provider) === provider && (each.billNumber ?? billNumber) === billNumber);
    if (!rule) return { fault: entry?.fault ?? null, delayMs: entry?.delayMs ?? 0 };
    rule.times -= 1;
    if (rule.times === 0) this.rules = this.rules.filter((each) => each !== rule);
    return { fault: rule.fault ?? null, delayMs: rule.delayMs };
  }
}
