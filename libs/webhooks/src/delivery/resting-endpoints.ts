/** How long an endpoint is left alone after it did not answer. */
const REST_MS = 30_000;

/**
 * Remembers which endpoints do not answer, in this process. One that hangs would otherwise hold every slot of the worker for the whole
 * time-out of every message, and other tenants would wait behind it. After the rest one message goes to see whether it is back.
 */
export class RestingEndpoints {
  private readonly rests = new Map<string, { until: number; isProbed: boolean }>();

  constructor(private readonly now: () => number = Date.now) {}

  /** Whether a message may go there now. Whoever is let pass tells what came of it. */
  admits(endpointId: string): boolean {
    const rest = this.rests.get(endpointId);
    if (rest === undefined) return true;
    if (rest.isProbed || rest.until > this.now()) return false;
    rest.isProbed = true;
    return true;
  }

  /** It answered, whatever it said. */
  answered(endpointId: string): void {
    this.rests.delete(endpointId);
  }

  didNotAnswer(endpointId: string): void {
    this.rests.set(endpointId, { until: this.now() + REST_MS, isProbed: false });
  }

  /** The try ended before anything was learnt. */
  leftOpen(endpointId: string): void {
    const rest = this.rests.get(endpointId);
    if (rest !== undefined) rest.isProbed = false;
  }
}
