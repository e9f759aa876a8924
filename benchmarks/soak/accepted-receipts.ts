/** What a client knows of the receipts it was told are accepted. */
export class AcceptedReceipts {
  private readonly waiting = new Set<string>();
  private readonly all: string[] = [];
  private newestRead: string | undefined;
  private leastWaiting = Infinity;

  accept(id: string): void {
    this.all.push(id);
    this.waiting.add(id);
  }

  /** The receipt was read, or it is known that it cannot be. */
  finish(id: string): void {
    this.waiting.delete(id);
    this.newestRead = id;
    this.leastWaiting = Math.min(this.leastWaiting, this.waiting.size);
  }

  get ids(): readonly string[] {
    return this.all;
  }

  get unfinished(): readonly string[] {
    return [...this.waiting];
  }

  /** One a clerk would open. */
  get newest(): string | undefined {
    return this.newestRead ?? this.all.at(-1);
  }

  /** The fewest that were left whenever one was done, since this was asked last; undefined when none was done. */
  takeLeastWaiting(): number | undefined {
    const least = this.leastWaiting;
    this.leastWaiting = Infinity;
    return Number.isFinite(least) ? least : undefined;
  }
}
