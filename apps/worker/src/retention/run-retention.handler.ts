import type { JobPayloads } from '@app/contracts';
import { RetentionRun } from '@app/privacy';
import { type Handles, type JobDelivery, JobHandler } from '@app/queue';

@JobHandler('retention.run')
export class RunRetentionHandler implements Handles<'retention.run'> {
  constructor(private readonly retention: RetentionRun) {}

  async handle(payload: JobPayloads['retention.run'], job: JobDelivery): Promise<void> {
    await this.retention.run(payload, job);
  }
}
