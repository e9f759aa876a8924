import type { WebhookNews } from '@app/webhooks';
import type { VerificationBatch } from './verification-batch.entity';

/** What webhooks tell of a batch that came to its end. */
export function batchNews({ id, state, rowCount }: VerificationBatch): WebhookNews {
  if (state !== 'done' && state !== 'cancelled') throw new Error(`a batch that is ${state} has not come to its end`);
  return { type: 'batch.finished', subjectId: id, data: { batchId: id, state, rows: rowCount } };
}
