import type { JobPayloads } from '@app/contracts';
import { type Handles, type JobDelivery, JobHandler } from '@app/queue';
import { OriginalCheck } from '@app/receipts';

@JobHandler('original.check')
export class CheckOriginalsHandler implements Handles<'original.check'> {
  constructor(private readonly check: OriginalCheck) {}

  async handle(payload: JobPayloads['original.check'], job: JobDelivery): Promise<void> {
    await this.check.run(payload, job);
  }
}
