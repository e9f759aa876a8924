/** How fast buckets fill, what they hold, and how many there may be. */
export interface BucketSize {
  perSecond: number;
  /** Tokens of a full bucket. */
  full: number;
  /** Beyond it the bucket that was touched longest ago is forgotten: memory is bounded whoever calls. */
  maxBuckets: number;
}

interface Bucket {
  tokens: number;
  filledAtMs: number;
}

/** Buckets that fill with time, one for each name, in the memory of this process. `nowMs` is a clock that never goes back. */
export class TokenBuckets {
  private readonly buckets = new Map<string, Bucket>();

  constructor(private readonly size: BucketSize) {}

  /** How many buckets are remembered. */
  get count(): number {
    return this.buckets.size;
  }

  /** Takes a token; false when there is none, and then nothing is taken. */
  take(name: string, nowMs: number = performance.now()): boolean {
    const tokens = this.tokensOf(name, nowMs);
    const isAllowed = tokens >= 1;
    // Set anew, so that the map's order is that of the last touch.
    this.buckets.delete(name);
    this.buckets.set(name, { tokens: isAllowed ? tokens - 1 : tokens, filledAtMs: nowMs });
    this.forgetOldest();
    return isAllowed;
  }

  /** Seconds until there is a token to take; 0 when there is one. Whole seconds, rounded up, as Retry-After wants them. */
  secondsUntilToken(name: string, nowMs: number = performance.now()): number {
    const missing = 1 - this.tokensOf(name, nowMs);
    return missing <= 0 ? 0 : Math.ceil(missing / this.size.perSecond);
  }

  private tokensOf(name: string, nowMs: number): number {
    const { perSecond, full } = this.size;
    const bucket = this.buckets.get(name);
    return bucket === undefined ? full : Math.min(full, bucket.tokens + ((nowMs - bucket.filledAtMs) / 1_000) * perSecond);
  }

  private forgetOldest(): void {
    if (this.buckets.size <= this.size.maxBuckets) return;
    const [oldest] = this.buckets.keys();
    if (oldest !== undefined) this.buckets.delete(oldest);
  }
}
