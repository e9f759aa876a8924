import { type BeforeApplicationShutdown, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { SyslogError } from './syslog.error';

/** How often is looked for new entries, and how long a receiver that is away is left alone, doubling from the first to the longest. */
export interface PumpPace {
  idleMs: number;
  firstBackOffMs: number;
  longestBackOffMs: number;
}

const PACE: PumpPace = { idleMs: 1_000, firstBackOffMs: 1_000, longestBackOffMs: 60_000 };

/** Forwards from the start of the process to its end. No failure ends it. */
export class ForwardingPump implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('AuditForwarder');
  private readonly stopping = new AbortController();
  private running: Promise<void> | null = null;

  constructor(
    private readonly forwarder: { forwardAll(signal: AbortSignal): Promise<number> },
    private readonly pace: PumpPace = PACE,
  ) {}

  onApplicationBootstrap(): void {
    this.running = this.run();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    let backOffMs = 0;
    while (!this.stopping.signal.aborted) {
      backOffMs = (await this.tried()) ? 0 : this.longer(backOffMs);
      await sleep(backOffMs || this.pace.idleMs, undefined, { signal: this.stopping.signal }).catch(() => undefined);
    }
  }

  private longer(backOffMs: number): number {
    return Math.min(this.pace.longestBackOffMs, backOffMs === 0 ? this.pace.firstBackOffMs : backOffMs * 2);
  }

  private async tried(): Promise<boolean> {
    try {
      await this.forwarder.forwardAll(this.stopping.signal);
      return true;
    } catch (error) {
      // The forwarder has told of a receiver that is away.
      if (!(error instanceof SyslogError)) this.logger.error({ err: error, msg: 'the audit is not forwarded' });
      return false;
    }
  }
}
