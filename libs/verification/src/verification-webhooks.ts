import type { Tx } from '@app/database';
import { WebhookOutbox } from '@app/webhooks';
import { Injectable } from '@nestjs/common';
import { verificationNews } from './verification-news';
import type { Verification } from './verification.entity';

/** Tells the tenant's webhooks of verifications that came to their end, in the transaction that ends them. */
@Injectable()
export class VerificationWebhooks {
  constructor(private readonly outbox: WebhookOutbox) {}

  async verificationsSettled(tx: Tx, settled: readonly Verification[]): Promise<void> {
    await this.outbox.emit(tx, ...settled.flatMap(verificationNews));
  }
}
