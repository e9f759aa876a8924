import type { JobPayloads } from '@app/contracts';
import { type TenantContext, UnitOfWork } from '@app/database';
import { JobQueue } from '@app/queue';
import { Injectable } from '@nestjs/common';
import { Clock } from './clock';
import { type ErasableClass, ErasableClasses } from './erasable-class';
import { Erasure } from './erasure.service';
import { RetentionRuleStore } from './retention-rule.store';
import { RetentionRunStore } from './retention-run.store';
import { Sweeps } from '../sweeps/sweeps.service';

const DAY_MS = 86_400_000;
/** Records of one transaction: few, since each is locked until it ends. */
const RECORDS_AT_ONCE = 20;
/** Pieces of one job. What is left is another job's: a first run over years of data must not hold a worker for hours. */
const PIECES_OF_JOB = 200;

/** Erases what a tenant's rules say is due. Harmless when run twice, and resumed wherever it was killed. */
@Injectable()
export class RetentionRun {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly rules: RetentionRuleStore,
    private readonly runs: RetentionRunStore,
    private readonly classes: ErasableClasses,
    private readonly erasure: Erasure,
    private readonly jobs: JobQueue,
    private readonly clock: Clock,
    private readonly sweeps: Sweeps,
  ) {}

  /** @throws whatever stopped it; the job is tried again and goes on where this ended */
  async run({ tenantId, day }: JobPayloads['retention.run'], job: { id: string; signal: AbortSignal }): Promise<void> {
    const tenant: TenantContext = { tenantId, actor: { type: 'worker', id: job.id, name: 'retention.run' } };
    // What an earlier run left half done comes first, whatever the rules say now.
    await this.erasure.finishMarked(tenant, job.signal);
    const { erased, isDone } = await this.eraseDue(tenant, job.signal);
    await this.erasure.finishMarked(tenant, job.signal);
    await this.unitOfWork.run(tenant, async (tx) => {
      await this.runs.add(tx, day, { erased, finishedAt: isDone ? this.clock.now() : null });
      if (!isDone) await this.jobs.enqueue(tx, 'retention.run', { tenantId, day });
    });
    // Last: leftovers must not keep what is due from being erased.
    if (isDone) await this.sweeps.run(tenant, { now: this.clock.now(), signal: job.signal });
  }

  private async eraseDue(tenant: TenantContext, signal: AbortSignal): Promise<{ erased: number; isDone: boolean }> {
    const { days, version } = await this.unitOfWork.run(tenant, (tx) => this.rules.current(tx));
    const rule = `retention/${version}`;
    const now = this.clock.now().getTime();
    let pieces = PIECES_OF_JOB;
    let erased = 0;
    const all = async (name: ErasableClass['name'], { due, erase }: Omit<ErasableClass, 'name'>, before: Date): Promise<void> => {
      for (let found = RECORDS_AT_ONCE; found === RECORDS_AT_ONCE && pieces > 0; pieces -= 1) {
        signal.throwIfAborted();
        found = await this.erasure.piece(tenant, { class: name, rule, erase, find: (tx) => due(tx, { before, limit: RECORDS_AT_ONCE }) });
        erased += found;
      }
    };
    for (const one of this.classes.all) {
      const kept = days[one.name];
      if (kept !== null) await all(one.name, one, new Date(now - kept * DAY_MS));
    }
    await all('personal', this.classes.orphans, new Date(now));
    return { erased, isDone: pieces > 0 };
  }
}
