import type { EgressCall, EgressReply } from '@app/contracts';
import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Journal, type SettledReply } from '../journal/journal';
import { UpstreamCaller } from '../upstream/upstream-caller';

/** What a line says of a call beside its reply. */
interface CallDetail {
  durationMs?: number;
  replayed?: boolean;
  retryAfterMs?: number;
}

/** Answers a call from the journal, or makes it: at most once per attempt id, for ever, and no faster than the provider's account permits. */
@Injectable()
export class CallsService implements OnApplicationShutdown {
  private readonly logger = new Logger(CallsService.name);
  private readonly underWay = new Set<Promise<EgressReply>>();

  constructor(
    @Inject(Journal) private readonly journal: Journal,
    @Inject(UpstreamCaller) private readonly upstream: UpstreamCaller,
  ) {}

  /** @throws JournalUnavailableError (nothing was sent), AttemptConflictError */
  async call(call: EgressCall): Promise<EgressReply> {
    const waitMs = this.upstream.takeSlot(call.provider);
    const known = waitMs === 0 ? await this.begin(call) : await this.journal.find(call);
    if (known) {
      this.log(call, known, { replayed: true });
      return known;
    }
    if (waitMs > 0) {
      const throttled: EgressReply = { state: 'throttled', attemptId: call.attemptId, retryAfterMs: waitMs };
      this.log(call, throttled, { retryAfterMs: waitMs });
      return throttled;
    }
    const making = this.make(call);
    this.underWay.add(making);
    return making.finally(() => this.underWay.delete(making));
  }

  /** Calls under way are paid for: their replies are written down even when nobody waits for them any more. */
  async onApplicationShutdown(): Promise<void> {
    await Promise.allSettled(this.underWay);
  }

  /** Claims the attempt. What is not to be sent now needs no slot. */
  private async begin(call: EgressCall): Promise<EgressReply | null> {
    let isOurs = false;
    try {
      const known = await this.journal.begin(call);
      isOurs = known === null;
      return known;
    } finally {
      if (!isOurs) this.upstream.returnSlot(call.provider);
    }
  }

  private async make(call: EgressCall): Promise<EgressReply> {
    const startedAt = performance.now();
    try {
      const { attemptId, provider, elements } = call;
      const reply = await this.upstream.call({ attemptId, provider, elements });
      await this.settle(call, reply);
      this.log(call, reply, { durationMs: Math.round(performance.now() - startedAt) });
      return reply;
    } finally {
      this.journal.abandon(call.attemptId);
    }
  }

  private async settle(call: EgressCall, reply: SettledReply): Promise<void> {
    try {
      await this.journal.settle(call, reply);
    } catch (error) {
      // The reply is known and paid for: the caller must have it now, since the journal will say "interrupted" from here on.
      this.logger.error({
        msg: 'the reply could not be written to the journal',
        attemptId: reply.attemptId,
        state: reply.state,
        err: error,
      });
    }
  }

  private log(call: EgressCall, reply: EgressReply, detail: CallDetail): void {
    const outcome = {
      reason: 'reason' in reply ? reply.reason : undefined,
      httpStatus: 'httpStatus' in reply ? reply.httpStatus : undefined,
      sizeB: 'bodyBase64' in reply ? Buffer.byteLength(reply.bodyBase64, 'base64') : undefined,
    };
    this.logger.log({ msg: 'call', attemptId: call.attemptId, provider: call.provider, state: reply.state, ...outcome, ...detail });
  }
}
