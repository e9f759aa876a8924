import { type BeforeApplicationShutdown, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Rounds } from '../rounds';
import type { AnchorSink } from './anchor-sink';
import type { AnchoringStore } from './anchoring.store';
import type { ChainHeads } from './chain-heads';

/** What the pump works with. */
export interface AnchorPumpParts {
  heads: Pick<ChainHeads, 'all'>;
  store: Pick<AnchoringStore, 'isDue' | 'written' | 'failed'>;
  sinks: readonly AnchorSink[];
  /** Minutes from one writing to the next, for each place. */
  everyMinutes: number;
}

/** How often is looked whether anchors are due, and how long a place that failed is left alone, doubling from the first to the longest. */
export interface AnchorPace {
  lookMs: number;
  firstBackOffMs: number;
  longestBackOffMs: number;
}

const PACE: AnchorPace = { lookMs: 2_000, firstBackOffMs: 2_000, longestBackOffMs: 60_000 };

/**
 * Gives the heads of all chains to every place, each at its own time and at least once: whether one is due stands in the database, so that
 * neither a restart nor another worker forgets or doubles it, and a place that is away holds up no other.
 */
export class AnchorPump implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('AuditAnchors');
  private readonly rounds = new Rounds();
  private readonly backOff = new Map<AnchorSink, { ms: number; until: number }>();

  constructor(
    private readonly parts: AnchorPumpParts,
    private readonly pace: AnchorPace = PACE,
  ) {}

  onApplicationBootstrap(): void {
    this.rounds.start(async () => {
      await this.round();
      return this.pace.lookMs;
    });
  }

  /** Ends with the writing that is under way. */
  beforeApplicationShutdown(): Promise<void> {
    return this.rounds.stop();
  }

  /** Writes to every place that is due now. No failure ends it: what failed is noted with its place, and tried again. */
  async round(): Promise<void> {
    for (const sink of this.parts.sinks) {
      if (this.rounds.signal.aborted) return;
      if ((this.backOff.get(sink)?.until ?? 0) <= Date.now()) await this.serve(sink);
    }
  }

  private async serve(sink: AnchorSink): Promise<void> {
    const { heads, store, everyMinutes } = this.parts;
    try {
      if (!(await store.isDue(sink.name, everyMinutes))) return;
      const anchors = await heads.all();
      // Before the first seal there is nothing to keep.
      if (anchors.length === 0) return;
      await sink.write(anchors);
      await store.written(sink.name, anchors.length);
      this.backOff.delete(sink);
      this.logger.log({ heads: anchors.length, sinks: [sink.name], msg: 'anchors of the audit written' });
    } catch (error) {
      await this.failed(sink, error);
    }
  }

  private async failed(sink: AnchorSink, error: unknown): Promise<void> {
    const before = this.backOff.get(sink)?.ms ?? 0;
    const ms = Math.min(this.pace.longestBackOffMs, before === 0 ? this.pace.firstBackOffMs : before * 2);
    this.backOff.set(sink, { ms, until: Date.now() + ms });
    const failure = failureOf(error);
    // Once for each outage: how long it lasts stands in the database.
    if (before === 0) this.logger.error({ err: error, sinks: [sink.name], failure, msg: 'anchors of the audit could not be written' });
    // Where the database itself is away, there is nowhere to note it.
    await this.parts.store.failed(sink.name, failure).catch(() => undefined);
  }
}

function failureOf(error: unknown): string {
  const { failure, code } = (error ?? {}) as { failure?: unknown; code?: unknown };
  const word = failure ?? code;
  return typeof word === 'string' && /^[A-Za-z0-9_-]{1,40}$/.test(word) ? word : 'internal';
}
