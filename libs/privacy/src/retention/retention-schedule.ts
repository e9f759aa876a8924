import { type TenantContext, UnitOfWork } from '@app/database';
import { JobQueue } from '@app/queue';
import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from './clock';
import { RetentionRunStore } from './retention-run.store';

/** How often a worker looks whether a new day began; only the first to find out begins its runs. */
const LOOK_EVERY_MS = 15 * 60_000;
// China has kept UTC+8 without daylight saving time since 1991.
const OFFSET_MS = 8 * 3_600_000;

const logger = new Logger('Retention');

/** Begins each tenant's run once a day, however many workers there are. */
@Injectable()
export class RetentionSchedule implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly runs: RetentionRunStore,
    private readonly jobs: JobQueue,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    const look = (): void => {
      this.beginDay().catch((error: unknown) => logger.error({ err: error, msg: 'runs of the day were not begun; tried again later' }));
    };
    look();
    this.timer = setInterval(look, LOOK_EVERY_MS).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** Begins what is not begun today, and answers how many runs that were. */
  async beginDay(): Promise<number> {
    const at = this.clock.now();
    const day = new Date(at.getTime() + OFFSET_MS).toISOString().slice(0, 10);
    const tenants = await this.dataSource.query<{ id: string }[]>('select id from tenant_ids()');
    let begun = 0;
    for (const { id: tenantId } of tenants) {
      const tenant: TenantContext = { tenantId, actor: { type: 'worker', id: 'retention', name: 'retention.run' } };
      const isBegun = await this.unitOfWork.run(tenant, async (tx) => {
        if (!(await this.runs.begin(tx, day, at))) return false;
        await this.jobs.enqueue(tx, 'retention.run', { tenantId, day });
        return true;
      });
      if (isBegun) begun += 1;
    }
    return begun;
  }
}
