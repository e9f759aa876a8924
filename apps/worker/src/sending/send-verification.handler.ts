import type { JobPayloads } from '@app/contracts';
import { type Handles, type JobDelivery, JobHandler } from '@app/queue';
import { VerificationSending } from '@app/verification';

@JobHandler('verification.send')
export class SendVerificationHandler implements Handles<'verification.send'> {
  constructor(private readonly sending: VerificationSending) {}

  async handle(payload: JobPayloads['verification.send'], job: JobDelivery): Promise<void> {
    await this.sending.send(payload, job);
  }
}
