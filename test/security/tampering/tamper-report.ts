import type { Finding } from '@app/audit';
import Table from 'cli-table3';
import type { Expected } from './mutation';

/** How often a kind of tampering was tried, seen at all, and named at the right record. */
export interface KindCount {
  cases: number;
  detected: number;
  located: number;
}

/** What a campaign showed. */
export class TamperReport {
  readonly kinds = new Map<string, KindCount>();
  /** One line for each case that was not seen, or seen at another record. */
  readonly problems: string[] = [];

  add(kind: string, number: number, expected: Expected, finding: Finding | null): void {
    const count = this.kinds.get(kind) ?? { cases: 0, detected: 0, located: 0 };
    const isLocated = finding !== null && isWhere(finding, expected);
    this.kinds.set(kind, {
      cases: count.cases + 1,
      detected: count.detected + (finding === null ? 0 : 1),
      located: count.located + (isLocated ? 1 : 0),
    });
    if (!isLocated) this.problems.push(`case ${number}, ${kind}: expected ${JSON.stringify(expected)}, found ${JSON.stringify(finding)}`);
  }

  get total(): KindCount {
    const sum = { cases: 0, detected: 0, located: 0 };
    for (const { cases, detected, located } of this.kinds.values()) {
      sum.cases += cases;
      sum.detected += detected;
      sum.located += located;
    }
    return sum;
  }

  render(): string {
    const table = new Table({
      head: ['tampering', 'cases', 'detected', 'located'],
      style: { head: [], border: [] },
      colAligns: ['left', 'right', 'right', 'right'],
    });
    const row = (name: string, { cases, detected, located }: KindCount): string[] => [name, ...[cases, detected, located].map(String)];
    table.push(...[...this.kinds].map(([name, count]) => row(name, count)), row(`all ${this.kinds.size} kinds`, this.total));
    return `${table.toString()}\n`;
  }
}

/** No code expected: any will do, at that place. */
function isWhere(finding: Finding, { codes, ...place }: Expected): boolean {
  const isCode = codes.length === 0 || codes.includes(finding.code);
  return isCode && Object.entries(place).every(([name, value]) => finding[name as keyof typeof place] === value);
}
