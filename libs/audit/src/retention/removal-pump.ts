import { type BeforeApplicationShutdown, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { type AuditRemover, UnsoundAuditError } from './audit-remover';

const EVERY_MS = 86_400_000;
/** A start after an update is no moment for it. */
const FIRST_MS = 600_000;

/** Removes what outlived its time, daily, from the start of the process to its end. What fails for one tenant holds up no other. */
export class RemovalPump implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('AuditRemover');
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly remover: Pick<AuditRemover, 'remove'>,
    private readonly tenants: () => Promise<string[]>,
    private readonly rhythm = { firstMs: FIRST_MS, everyMs: EVERY_MS },
  ) {}

  onApplicationBootstrap(): void {
    this.running = this.run();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  /** One round over all tenants. */
  async round(): Promise<void> {
    const tenants = await this.tenants().catch((error: unknown) => this.failed(error));
    for (const tenantId of tenants) {
      if (this.stopping.signal.aborted) return;
      const removed = await this.remover.remove(tenantId).catch((error: unknown) => this.failed(error));
      const entries = removed.reduce((sum, one) => sum + one.entries, 0);
      if (entries > 0) this.logger.log({ entries, msg: 'entries of the audit that outlived their time were removed' });
    }
  }

  private async run(): Promise<void> {
    await this.pause(this.rhythm.firstMs);
    while (!this.stopping.signal.aborted) {
      await this.round();
      await this.pause(this.rhythm.everyMs);
    }
  }

  private async pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.stopping.signal }).catch(() => undefined);
  }

  private failed(error: unknown): never[] {
    const failure = error instanceof UnsoundAuditError ? error.finding.code : 'internal';
    this.logger.error({ err: error, failure, msg: 'old segments of the audit were not removed' });
    return [];
  }
}
