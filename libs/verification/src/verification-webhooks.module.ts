import { WebhooksModule } from '@app/webhooks';
import { Module } from '@nestjs/common';
import { VerificationWebhooks } from './verification-webhooks';

/** Provides `VerificationWebhooks`. Expects QueueModule. */
@Module({ imports: [WebhooksModule.forEmitting()], providers: [VerificationWebhooks], exports: [VerificationWebhooks] })
export class VerificationWebhooksModule {}
