import type { JobPayloads } from '@app/contracts';
import { type Handles, type JobDelivery, JobHandler } from '@app/queue';
import { WebhookDelivering } from '@app/webhooks';

@JobHandler('webhook.deliver')
export class DeliverWebhookHandler implements Handles<'webhook.deliver'> {
  constructor(private readonly delivering: WebhookDelivering) {}

  async handle(payload: JobPayloads['webhook.deliver'], job: JobDelivery): Promise<void> {
    await this.delivering.deliver(payload, job);
  }
}
