import { type BeforeApplicationShutdown, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Rounds } from '../rounds';
import { type AuditRemover, UnsoundAuditError } from './audit-remover';

const EVERY_MS = 86_400_000;
/** A start after an update is no moment for it. */
const FIRST_MS = 600_000;

/** Removes what outlived its time, daily, from the start of the process to its end. What fails for one tenant holds up no other. */
export class RemovalPump implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('AuditRemover');
  private readonly rounds = new Rounds();

  constructor(
    private readonly remover: Pick<AuditRemover, 'remove'>,
    private readonly tenants: () => Promise<string[]>,
    private readonly rhythm = { firstMs: FIRST_MS, everyMs: EVERY_MS },
  ) {}

  onApplicationBootstrap(): void {
    this.rounds.start(async () => {
      await this.round();
      return this.rhythm.everyMs;
    }, this.rhythm.firstMs);
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.rounds.stop();
  }

  /** One round over all tenants. */
  async round(): Promise<void> {
    const tenants = await this.tenants().catch((error: unknown) => this.failed(error));
    for (const tenantId of tenants) {
      if (this.rounds.signal.aborted) return;
      const removed = await this.remover.remove(tenantId).catch((error: unknown) => this.failed(error));
      const entries = removed.reduce((sum, one) => sum + one.entries, 0);
      if (entries > 0) this.logger.log({ entries, msg: 'entries of the audit that outlived their time were removed' });
    }
  }

  private failed(error: unknown): never[] {
    const failure = error instanceof UnsoundAuditError ? error.finding.code : 'internal';
    this.logger.error({ err: error, failure, msg: 'old segments of the audit were not removed' });
    return [];
  }
}
