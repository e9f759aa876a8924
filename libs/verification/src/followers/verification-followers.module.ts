import type { JobQueue } from '@app/queue';
import { BillLedger, BillStore } from '@app/receipts';
import { WebhookOutbox, WebhooksModule } from '@app/webhooks';
import { Module } from '@nestjs/common';
import type { SettlementListener } from './settled-verifications';
import { VerificationLedger } from './verification-ledger';
import { VerificationWebhooks } from './verification-webhooks';

/** Everything in the product that follows what becomes of verifications, in the order in which it is told. */
export const VERIFICATION_FOLLOWERS = [VerificationLedger, VerificationWebhooks] as const;

/** Provides `VERIFICATION_FOLLOWERS`. Expects QueueModule. */
@Module({
  imports: [WebhooksModule.forEmitting()],
  providers: [BillStore, BillLedger, ...VERIFICATION_FOLLOWERS],
  exports: [...VERIFICATION_FOLLOWERS],
})
export class VerificationFollowersModule {}

/** The same, for a process without modules. */
export function verificationFollowers(jobs: JobQueue): SettlementListener[] {
  return [new VerificationLedger(new BillLedger(new BillStore())), new VerificationWebhooks(new WebhookOutbox(jobs))];
}
