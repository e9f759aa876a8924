import type { WebhookFailure } from '@app/contracts';

/** A try that brought no answer. Its code is all that is kept of it. */
export class DeliveryFailedError extends Error {
  constructor(
    readonly code: Exclude<WebhookFailure, 'status' | 'endpointDisabled'>,
    options?: ErrorOptions,
  ) {
    super(`webhook not delivered: ${code}`, options);
    this.name = 'DeliveryFailedError';
  }
}
