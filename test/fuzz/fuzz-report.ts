import Table from 'cli-table3';
import type { FuzzCase } from './fuzz-case';
import type { FuzzEnd } from './fuzz-run';

/** What a run showed. */
export class FuzzReport {
  readonly outcomes = new Map<string, number>();
  slowest: { number: number; ms: number } = { number: -1, ms: 0 };
  peakMiB = 0;
  private startMiB = rssMiB();

  /** Begins a case: `peakMiB` is the most that the process grew by during any one. */
  begin(): void {
    this.startMiB = rssMiB();
  }

  add({ number }: FuzzCase, { outcome, ms }: FuzzEnd): void {
    this.outcomes.set(outcome, (this.outcomes.get(outcome) ?? 0) + 1);
    if (ms > this.slowest.ms) this.slowest = { number, ms };
    this.lookAtMemory();
  }

  lookAtMemory(): void {
    this.peakMiB = Math.max(this.peakMiB, rssMiB() - this.startMiB);
  }

  render(threadsLost: number): string {
    const table = new Table({ head: ['outcome', 'cases'], style: { head: [], border: [] }, colAligns: ['left', 'right'] });
    const rows = [...this.outcomes].sort(([one], [other]) => (one < other ? -1 : 1));
    table.push(...rows.map(([outcome, cases]) => [outcome, String(cases)]));
    const { number, ms } = this.slowest;
    const slowest = `slowest: case ${number} in ${Math.round(ms)} ms`;
    return `${table.toString()}\n${slowest} · at most ${Math.round(this.peakMiB)} MiB more during a case · threads lost: ${threadsLost}\n`;
  }
}

function rssMiB(): number {
  return process.memoryUsage.rss() / 1_048_576;
}
