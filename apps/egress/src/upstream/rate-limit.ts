/** Longest wait that is told: whoever is told less than the truth asks once more, and is told again. */
const MAX_WAIT_MS = 60_000;

/** Calls that one provider's account may make: `burst` at once, and then `ratePerSecond`. Times are in milliseconds of a steady clock. */
export class RateLimit {
  private slots: number;
  private refilledAt = 0;
  /** Up to when waiting callers were told to come, so that they come one after another and not all at once. */
  private promisedUntil = 0;

  constructor(
    private readonly ratePerSecond: number,
    private readonly burst: number,
  ) {
    this.slots = burst;
  }

  /** 0 when a slot was taken, else the time after which to ask again. */
  take(now: number): number {
    this.refill(now);
    if (this.slots >= 1) {
      this.slots -= 1;
      return 0;
    }
    const freeAt = now + ((1 - this.slots) * 1_000) / this.ratePerSecond;
    const comeAt = Math.min(Math.max(freeAt, this.promisedUntil + 1_000 / this.ratePerSecond), now + MAX_WAIT_MS);
    this.promisedUntil = comeAt;
    return Math.max(1, Math.ceil(comeAt - now));
  }

  /** Gives back a slot with which nothing was sent. */
  giveBack(): void {
    this.slots = Math.min(this.burst, this.slots + 1);
  }

  private refill(now: number): void {
    const passed = Math.max(0, now - this.refilledAt);
    this.slots = Math.min(this.burst, this.slots + (passed * this.ratePerSecond) / 1_000);
    this.refilledAt = Math.max(this.refilledAt, now);
  }
}
