import type { Keyring } from '@app/keyring';
import type { JobQueue } from '@app/queue';
import { BillLedger, BillSecrets, BillStore } from '@app/receipts';
import { WebhookOutbox, WebhooksModule } from '@app/webhooks';
import { Module } from '@nestjs/common';
import type { SettlementListener } from './settled-verifications';
import { VerificationLedger } from './verification-ledger';
import { VerificationWebhooks } from './verification-webhooks';

/** Everything in the product that follows what becomes of verifications, in the order in which it is told. */
export const VERIFICATION_FOLLOWERS = [VerificationLedger, VerificationWebhooks] as const;

/** Provides `VERIFICATION_FOLLOWERS`. Expects QueueModule and KeyringModule. */
@Module({
  imports: [WebhooksModule.forEmitting()],
  providers: [BillSecrets, BillStore, BillLedger, ...VERIFICATION_FOLLOWERS],
  exports: [...VERIFICATION_FOLLOWERS],
})
export class VerificationFollowersModule {}

/** The same, for a process without modules. */
export function verificationFollowers(jobs: JobQueue, keyring: Keyring): SettlementListener[] {
  const secrets = new BillSecrets(keyring);
  return [new VerificationLedger(new BillLedger(new BillStore(secrets), secrets)), new VerificationWebhooks(new WebhookOutbox(jobs))];
}
