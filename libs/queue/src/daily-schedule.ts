import { type JobPayloads, shanghaiDay } from '@app/contracts';
import type { Tx, UnitOfWork } from '@app/database';
import { type BeforeApplicationShutdown, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import type { JobQueue } from './job-queue';

/** How often a worker looks whether a new day began; only the first to find out begins its jobs. */
const LOOK_EVERY_MS = 15 * 60_000;

/** What a schedule works with. */
export interface DailyScheduleParts {
  dataSource: DataSource;
  unitOfWork: UnitOfWork;
  jobs: JobQueue;
}

/** A job that each tenant has once a day. */
export interface DailyJob {
  name: { [N in keyof JobPayloads]: JobPayloads[N] extends { day: string } ? N : never }[keyof JobPayloads];
  /** Whom the audit names. */
  actorId: string;
  /** Notes that the tenant's job of this day begins; false where it was begun before. */
  begin(tx: Tx, day: string, at: Date): Promise<boolean>;
}

/** Begins a job of each tenant once a day in Asia/Shanghai, however many workers there are. */
export class DailySchedule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('DailySchedule');
  private timer: NodeJS.Timeout | undefined;
  private isStopping = false;
  private looking: Promise<void> = Promise.resolve();

  constructor(
    private readonly parts: DailyScheduleParts,
    private readonly job: DailyJob,
    private readonly now: () => Date = () => new Date(),
  ) {}

  onApplicationBootstrap(): void {
    const look = (): void => {
      this.looking = this.looking.then(() => this.look());
    };
    look();
    this.timer = setInterval(look, LOOK_EVERY_MS).unref();
  }

  /** Ends with the tenant it is at: what is not begun yet, another worker begins. */
  async beforeApplicationShutdown(): Promise<void> {
    this.isStopping = true;
    clearInterval(this.timer);
    await this.looking;
  }

  /** Begins what is not begun on the day of this instant, and answers how many jobs that were. */
  async beginDay(at: Date = this.now()): Promise<number> {
    const day = shanghaiDay(at);
    const tenants = await this.parts.dataSource.query<{ id: string }[]>('select id from tenant_ids()');
    let begun = 0;
    for (const { id } of tenants) {
      if (this.isStopping) break;
      if (await this.begin(id, day, at)) begun += 1;
    }
    return begun;
  }

  private async begin(tenantId: string, day: string, at: Date): Promise<boolean> {
    const { name, actorId } = this.job;
    return this.parts.unitOfWork.run({ tenantId, actor: { type: 'worker', id: actorId, name } }, async (tx) => {
      if (!(await this.job.begin(tx, day, at))) return false;
      await this.parts.jobs.enqueue(tx, name, { tenantId, day });
      return true;
    });
  }

  private async look(): Promise<void> {
    try {
      await this.beginDay();
    } catch (error) {
      this.logger.error({ err: error, job: this.job.name, msg: 'jobs of the day were not begun; tried again later' });
    }
  }
}
