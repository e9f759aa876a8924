import { type BeforeApplicationShutdown, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import type { AnchorWriter } from '../anchors/anchor-writer';
import type { AuditSealer } from './audit-sealer';
import { MAX_SEALING_LAG_SECONDS, type SealingLag } from './sealing-lag';

/** How often, unless told. Entries wait so long at most, and transactions that are still open. */
export interface SealingRhythm {
  /** Between two rounds. */
  everyMs: number;
  /** Between two anchors of all chains. */
  anchorEveryMs: number;
}

const DAY_MS = 86_400_000;
const RHYTHM: SealingRhythm = { everyMs: 2_000, anchorEveryMs: DAY_MS };
/** After anchors that could not be written, or where nothing was sealed yet. */
const RETRY_ANCHORS_MS = 60_000;

/** Seals in rounds and writes anchors, from the bootstrap to the shutdown of the process. A round that fails is told and tried again. */
export class SealingPump implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('AuditSealer');
  private running = Promise.resolve();
  private timer: NodeJS.Timeout | undefined;
  private wake: (() => void) | undefined;
  private isStopping = false;
  private anchorsAt = 0;

  constructor(
    private readonly sealer: AuditSealer,
    private readonly anchors: AnchorWriter,
    private readonly lag: () => Promise<SealingLag>,
    private readonly rhythm: SealingRhythm = RHYTHM,
  ) {}

  onApplicationBootstrap(): void {
    this.running = this.pump();
  }

  /** Ends with the round that is under way. */
  async beforeApplicationShutdown(): Promise<void> {
    this.isStopping = true;
    clearTimeout(this.timer);
    this.wake?.();
    await this.running;
  }

  private async pump(): Promise<void> {
    while (!this.isStopping) {
      await this.seal();
      if (Date.now() >= this.anchorsAt) await this.anchor();
      await this.pause();
    }
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

  private async anchor(): Promise<void> {
    try {
      const { heads, sinks } = await this.anchors.write();
      const isToBeTriedSoon = sinks > 0 && heads === 0;
      this.anchorsAt = Date.now() + (isToBeTriedSoon ? RETRY_ANCHORS_MS : this.rhythm.anchorEveryMs);
      if (heads > 0) this.logger.log({ heads, sinks, msg: 'anchors of the audit written' });
    } catch (error) {
      this.anchorsAt = Date.now() + RETRY_ANCHORS_MS;
      this.logger.error({ err: error, msg: 'anchors of the audit could not be written: tried again in a minute' });
    }
  }

  private async pause(): Promise<void> {
    if (this.isStopping) return;
    await new Promise<void>((resolve) => {
      this.wake = resolve;
      this.timer = setTimeout(resolve, this.rhythm.everyMs);
    });
  }
}
