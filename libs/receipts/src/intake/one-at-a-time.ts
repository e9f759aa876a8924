/** Runs pieces of work one after another, in the order in which they come: what is large is then in memory once, however many come together. */
export class OneAtATime {
  private turn: Promise<unknown> = Promise.resolve();

  /** Resolves or rejects as the work does; the next one begins either way. */
  run<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.turn.then(work);
    this.turn = mine.catch(() => undefined);
    return mine;
  }
}
