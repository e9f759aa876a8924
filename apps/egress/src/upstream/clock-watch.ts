import type { ProviderId } from '@app/contracts';

/** A signature with a timestamp is refused when the clocks are too far apart; how far, no provider says. */
const TOLERANCE_MS = 30_000;
/** The Date header has whole seconds. */
const GRAIN_MS = 1_000;

/** Told when a provider's clock and ours come apart, and when they agree again. Positive means that the provider's is ahead. */
export type ClockSkewListener = (provider: ProviderId, skew: { isSkewed: boolean; skewMs: number }) => void;

/** Compares the Date headers of replies with our own clock; a change is told once, not at every call. */
export class ClockWatch {
  private readonly skewed = new Set<ProviderId>();

  constructor(private readonly onChange: ClockSkewListener) {}

  /** Takes a reply that was asked for at `sentAt` and was there at `answeredAt`, both in milliseconds since 1970. */
  observe(provider: ProviderId, dateHeader: string | undefined, sentAt: number, answeredAt: number): void {
    const theirs = dateHeader === undefined ? Number.NaN : Date.parse(dateHeader);
    if (Number.isNaN(theirs)) return;
    const skewMs = theirs - Math.min(Math.max(theirs, sentAt - GRAIN_MS), answeredAt + GRAIN_MS);
    const isSkewed = Math.abs(skewMs) > TOLERANCE_MS;
    if (isSkewed === this.skewed.has(provider)) return;
    if (isSkewed) this.skewed.add(provider);
    else this.skewed.delete(provider);
    this.onChange(provider, { isSkewed, skewMs });
  }
}
