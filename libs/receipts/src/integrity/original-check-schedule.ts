import { type TenantContext, UnitOfWork } from '@app/database';
import { JobQueue } from '@app/queue';
import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { shanghaiDay } from '@app/bills';
import { OriginalCheckStore } from './original-check.store';

/** How often a worker looks whether a new day began; only the first to find out begins its runs. */
const LOOK_EVERY_MS = 15 * 60_000;

const logger = new Logger('Originals');

/** Begins the check of each tenant's originals once a day, however many workers there are. */
@Injectable()
export class OriginalCheckSchedule implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly store: OriginalCheckStore,
    private readonly jobs: JobQueue,
  ) {}

  onApplicationBootstrap(): void {
    const look = (): void => {
      this.beginDay().catch((error: unknown) => logger.error({ err: error, msg: 'checks of the day were not begun; tried again later' }));
    };
    look();
    this.timer = setInterval(look, LOOK_EVERY_MS).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** Begins what is not begun today, and answers how many runs that were. */
  async beginDay(at = new Date()): Promise<number> {
    const day = shanghaiDay(at.getTime());
    const tenants = await this.dataSource.query<{ id: string }[]>('select id from tenant_ids()');
    let begun = 0;
    for (const { id: tenantId } of tenants) {
      const tenant: TenantContext = { tenantId, actor: { type: 'worker', id: 'originals', name: 'original.check' } };
      const isBegun = await this.unitOfWork.run(tenant, async (tx) => {
        if (!(await this.store.begin(tx, day, at))) return false;
        await this.jobs.enqueue(tx, 'original.check', { tenantId, day });
        return true;
      });
      if (isBegun) begun += 1;
    }
    return begun;
  }
}
