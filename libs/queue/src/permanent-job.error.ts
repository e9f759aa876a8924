/** Trying again cannot help: the job goes to its dead-letter queue at once. Everything else that a handler throws is retried with back-off. */
export class PermanentJobError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'PermanentJobError';
  }
}
