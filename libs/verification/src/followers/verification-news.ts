import type { WebhookNews } from '@app/webhooks';
import { verdictOf } from '../verdict';
import type { Verification } from '../verification.entity';

/** What webhooks tell of a verification that has just been settled; nothing while it is open. A bill that was reversed is told of twice: as settled, and as reversed. */
export function verificationNews(verification: Verification): WebhookNews[] {
  if (verification.isOpen) return [];
  const { id, receiptId, idempotencyKey, state, outcome, charge } = verification;
  const verdict = verdictOf(verification);
  const news = { subjectId: id, data: { verificationId: id, receiptId, idempotencyKey, state, verdict, outcome, charge } };
  if (state === 'unknown') return [{ type: 'verification.unknown', ...news }];
  const settled: WebhookNews = { type: 'verification.settled', ...news };
  return verdict === 'reversed' ? [settled, { type: 'verification.reversed', ...news }] : [settled];
}
