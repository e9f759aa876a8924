import type { JobPayloads } from '@app/contracts';
import { SubjectWork } from '@app/privacy';
import { type Handles, type JobDelivery, JobHandler } from '@app/queue';

@JobHandler('subject.handle')
export class HandleSubjectHandler implements Handles<'subject.handle'> {
  constructor(private readonly work: SubjectWork) {}

  async handle(payload: JobPayloads['subject.handle'], job: JobDelivery): Promise<void> {
    await this.work.handle(payload, job);
  }
}
