import type { RetentionPreview } from '@app/contracts';
import { type TenantContext, UnitOfWork } from '@app/database';
import { Injectable } from '@nestjs/common';
import { Clock } from './clock';
import { ErasableClasses } from './erasable-class';
import { RetentionRuleStore } from './retention-rule.store';

const DAY_MS = 86_400_000;
/** A count beyond this says no more than "many". */
const MOST_COUNTED = 10_000;

/** What a run would erase now, counted and left as it is. */
@Injectable()
export class RetentionPreviews {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly rules: RetentionRuleStore,
    private readonly classes: ErasableClasses,
    private readonly clock: Clock,
  ) {}

  async preview(tenant: TenantContext): Promise<RetentionPreview> {
    return this.unitOfWork.run(tenant, async (tx) => {
      const { version, days } = await this.rules.current(tx);
      const now = this.clock.now().getTime();
      const counts: RetentionPreview['due'] = { verdict: 0, original: 0, detail: 0, personal: 0, rejected: 0, draft: 0, delivery: 0 };
      for (const { name, due } of this.classes.all) {
        const kept = days[name];
        if (kept === null) continue;
        counts[name] += (await due(tx, { before: new Date(now - kept * DAY_MS), limit: MOST_COUNTED })).length;
      }
      return { version, due: counts };
    });
  }
}
