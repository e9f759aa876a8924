import { UnitOfWork } from '@app/database';
import { DailySchedule, JobQueue } from '@app/queue';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from './clock';
import { RetentionRunStore } from './retention-run.store';

/** Begins each tenant's run once a day. */
@Injectable()
export class RetentionSchedule extends DailySchedule {
  constructor(@Inject(DataSource) dataSource: DataSource, unitOfWork: UnitOfWork, jobs: JobQueue, runs: RetentionRunStore, clock: Clock) {
    const begin: RetentionRunStore['begin'] = (tx, day, at) => runs.begin(tx, day, at);
    super({ dataSource, unitOfWork, jobs }, { name: 'retention.run', actorId: 'retention', begin }, () => clock.now());
  }
}
