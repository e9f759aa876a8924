import type { Tx } from '@app/database';
import { WebhookOutbox } from '@app/webhooks';
import { Injectable } from '@nestjs/common';
import type { Verification } from '../verification.entity';
import type { SettledCharge, SettlementListener } from './settled-verifications';
import { verificationNews } from './verification-news';

/** Tells the tenant's webhooks of verifications that came to their end, and of charges that were settled, in the transaction that does it. */
@Injectable()
export class VerificationWebhooks implements SettlementListener {
  constructor(private readonly outbox: WebhookOutbox) {}

  async verificationsSettled(tx: Tx, settled: readonly Verification[]): Promise<void> {
    await this.outbox.emit(tx, ...settled.flatMap(verificationNews));
  }

  async chargeSettled(tx: Tx, settled: SettledCharge): Promise<void> {
    await this.outbox.emit(tx, { type: 'charge.settled', subjectId: settled.attemptId, data: settled });
  }
}
