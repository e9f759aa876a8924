import type { WebhookNews } from '@app/webhooks';
import type { Receipt } from '../receipt.entity';

/** What webhooks tell of a receipt that was just read, or could not be; null while it waits. */
export function receiptNews({ id, batchId, state, reading }: Receipt): WebhookNews | null {
  if (state === 'queued') return null;
  const bills = reading?.bills.length ?? 0;
  return { type: 'receipt.read', subjectId: id, data: { receiptId: id, batchId, state, decision: reading?.decision ?? null, bills } };
}
