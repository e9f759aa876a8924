import { type BeforeApplicationShutdown, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Rounds } from '../rounds';
import type { AuditSealer } from './audit-sealer';
import { MAX_SEALING_LAG_SECONDS, type SealingLag } from './sealing-lag';

/** How often, unless told. Entries wait so long at most, and transactions that are still open. */
export interface SealingRhythm {
  /** Between two rounds. */
  everyMs: number;
}

const RHYTHM: SealingRhythm = { everyMs: 2_000 };

/** Seals in rounds, from the bootstrap to the shutdown of the process. A round that fails is told and tried again. */
export class SealingPump implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('AuditSealer');
  private readonly rounds = new Rounds();

  constructor(
    private readonly sealer: AuditSealer,
    private readonly lag: () => Promise<SealingLag>,
    private readonly rhythm: SealingRhythm = RHYTHM,
  ) {}

  onApplicationBootstrap(): void {
    this.rounds.start(async () => {
      await this.seal();
      return this.rhythm.everyMs;
    });
  }

  /** Ends with the round that is under way. */
  beforeApplicationShutdown(): Promise<void> {
    return this.rounds.stop();
  }

  private async seal(): Promise<void> {
    try {
      const { segments, entries } = await this.sealer.round();
      if (segments > 0) this.logger.debug({ segments, entries, msg: 'audit sealed' });
      const { oldestSeconds } = await this.lag();
      if (oldestSeconds !== null && oldestSeconds > MAX_SEALING_LAG_SECONDS) {
        this.logger.warn({ oldestSeconds: Math.round(oldestSeconds), msg: 'audit entries wait for their seal: a transaction may be open' });
      }
    } catch (error) {
      this.logger.error({ err: error, msg: 'audit entries could not be sealed: tried again' });
    }
  }
}
