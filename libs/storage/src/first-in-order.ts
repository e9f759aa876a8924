/** Of any number of words the first ones in order (by code unit); never more than twice the limit are held. */
export class FirstInOrder {
  private held: string[] = [];

  constructor(private readonly limit: number) {}

  add(word: string): void {
    this.held.push(word);
    if (this.held.length > 2 * this.limit) this.cut();
  }

  all(): readonly string[] {
    this.cut();
    return this.held;
  }

  private cut(): void {
    this.held = this.held.sort().slice(0, this.limit);
  }
}
