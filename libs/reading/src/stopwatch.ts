/** Adds up how long each stage took, in whole milliseconds. Stages may overlap; `totalMs` runs from the start. */
export class Stopwatch {
  private readonly startedAt = performance.now();
  private readonly stages = new Map<string, number>();

  /** Runs a stage and adds its time, whether it succeeds or fails. */
  async time<T>(stage: string, run: () => Promise<T> | T): Promise<T> {
    const from = performance.now();
    try {
      return await run();
    } finally {
      this.stages.set(stage, (this.stages.get(stage) ?? 0) + performance.now() - from);
    }
  }

  /** Every stage's time so far, and the total. */
  timings(): Record<string, number> {
    const stages = [...this.stages].map(([stage, ms]) => [stage, Math.round(ms)] as const);
    return { totalMs: Math.round(performance.now() - this.startedAt), ...Object.fromEntries(stages) };
  }
}
