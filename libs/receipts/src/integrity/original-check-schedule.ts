import { UnitOfWork } from '@app/database';
import { DailySchedule, JobQueue } from '@app/queue';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { OriginalCheckStore } from './original-check.store';

/** Begins the check of each tenant's originals once a day. */
@Injectable()
export class OriginalCheckSchedule extends DailySchedule {
  constructor(@Inject(DataSource) dataSource: DataSource, unitOfWork: UnitOfWork, jobs: JobQueue, store: OriginalCheckStore) {
    const begin: OriginalCheckStore['begin'] = (tx, day, at) => store.begin(tx, day, at);
    super({ dataSource, unitOfWork, jobs }, { name: 'original.check', actorId: 'originals', begin });
  }
}
