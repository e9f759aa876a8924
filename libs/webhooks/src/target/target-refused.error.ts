/** A URL or an address that webhooks may not go to. `reason` is for the operator's log and the caller alike: it names the rule, never an address. */
export class TargetRefusedError extends Error {
  constructor(readonly reason: string) {
    super(`webhook target refused: ${reason}`);
    this.name = 'TargetRefusedError';
  }
}
