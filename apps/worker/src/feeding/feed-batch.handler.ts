import type { JobPayloads } from '@app/contracts';
import { type Handles, type JobDelivery, JobHandler } from '@app/queue';
import { BatchFeeding } from '@app/verification';

@JobHandler('batch.feed')
export class FeedBatchHandler implements Handles<'batch.feed'> {
  constructor(private readonly feeding: BatchFeeding) {}

  async handle(payload: JobPayloads['batch.feed'], job: JobDelivery): Promise<void> {
    await this.feeding.feed(payload, job);
  }
}
