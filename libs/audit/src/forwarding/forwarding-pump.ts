import { type BeforeApplicationShutdown, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Rounds } from '../rounds';
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
  private readonly rounds = new Rounds();

  constructor(
    private readonly forwarder: { forwardAll(signal: AbortSignal): Promise<number> },
    private readonly pace: PumpPace = PACE,
  ) {}

  onApplicationBootstrap(): void {
    let backOffMs = 0;
    this.rounds.start(async () => {
      backOffMs = (await this.tried()) ? 0 : this.longer(backOffMs);
      return backOffMs || this.pace.idleMs;
    });
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.rounds.stop();
  }

  private longer(backOffMs: number): number {
    return Math.min(this.pace.longestBackOffMs, backOffMs === 0 ? this.pace.firstBackOffMs : backOffMs * 2);
  }

  private async tried(): Promise<boolean> {
    try {
      await this.forwarder.forwardAll(this.rounds.signal);
      return true;
    } catch (error) {
      // The forwarder has told of a receiver that is away.
      if (!(error instanceof SyslogError)) this.logger.error({ err: error, msg: 'the audit is not forwarded' });
      return false;
    }
  }
}
