import { type EgressReply, type JobPayloads, shanghaiDay } from '@app/contracts';
import { type TenantContext, type Tx, UnitOfWork } from '@app/database';
import { ProviderDialects } from '@app/providers';
import { PermanentJobError } from '@app/queue';
import { Logger } from '@nestjs/common';
import { AttemptStore } from '../attempt.store';
import type { ProviderChannels } from '../channel/provider-channels';
import type { VerificationSecrets } from '../verification-secrets';
import { wordsOfBill } from '../verification.store';
import { countAttempt } from './attempt-metrics';
import type { AttemptOutcomes, Postponement, Target } from './attempt-outcomes';
import { type AttemptResult, resultOf, resultOfDestroyedKey, resultOfRefusal } from './attempt-result';
import { EgressClient, EgressRefusedError, EgressUnavailableError } from './egress-client';
import { intendedCall, type IntendedCall } from './intended-call';
import { holdSeconds, postponeSeconds, throttleSeconds } from './postpone-seconds';

/** How the job was delivered: `attempt` counts from 1. Where it is not told, an earlier delivery must be assumed. */
export interface SendDelivery {
  id: string;
  signal: AbortSignal;
  attempt?: number;
}

/** From this delivery on a job is replaced by a fresh one: it must never run out of tries, for its verification would stay open for ever. */
const LAST_DELIVERY = 6;

/**
 * Carries attempts out, on the worker. It may be run twice or killed anywhere: a finished attempt is left alone, an unfinished one is
 * posted again under the same id, and egress makes one upstream call for an id, for ever.
 */
export class VerificationSending {
  private readonly logger = new Logger(VerificationSending.name);

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly attempts: AttemptStore,
    private readonly outcomes: AttemptOutcomes,
    private readonly channels: ProviderChannels,
    private readonly egress: EgressClient,
    private readonly dialects: ProviderDialects,
    private readonly secrets: VerificationSecrets,
  ) {}

  /** @throws PermanentJobError when there is no such attempt; whatever else it throws is worth another try */
  async send(payload: JobPayloads['verification.send'], job: SendDelivery): Promise<void> {
    const tenant: TenantContext = { tenantId: payload.tenantId, actor: { type: 'worker', id: job.id, name: 'verification.send' } };
    const call = await this.unitOfWork.run(tenant, (tx) => this.callToMake(tx, payload, job.attempt));
    if (call === null) return;
    if ('endedBy' in call) {
      this.tell(call, call.endedBy);
      return;
    }
    const word = await this.ask(call, job.signal);
    const target = { ...payload, billHash: call.billHash };
    const ended = await this.unitOfWork.run(tenant, (tx) => this.conclude(tx, target, call, word), wordsOfBill(call.billHash));
    if (ended !== null) this.tell(call, ended);
  }

  /** Counts what ended and was committed, and tells what an operator must hear of it. */
  private tell({ provider, attemptId }: Pick<IntendedCall, 'provider' | 'attemptId'>, result: AttemptResult): void {
    countAttempt(provider, result);
    for (const alert of result.alerts) this.logger.warn({ msg: 'provider alert', attemptId, alert });
  }

  /** The call that may be made now. Whatever speaks against it is dealt with, and null, or what the attempt ended by. */
  private async callToMake(
    tx: Tx,
    payload: JobPayloads['verification.send'],
    delivery: number | undefined,
  ): Promise<CallToMake | EndedCall | null> {
    const call = await intendedCall(tx, payload, this.secrets);
    if (call === null) throw new PermanentJobError(`attempt ${payload.attemptId} does not exist`);
    const { replyKey } = call;
    if (call.isEnded || replyKey === null) return null;
    const isFirstDelivery = delivery === 1 && !call.wasAsked;
    const target = { ...payload, billHash: call.billHash };
    if (replyKey === 'destroyed' && !isFirstDelivery) return this.endWithoutKey(tx, target, call);
    // Never back to a day before: the clock of whoever asked may be ahead of ours at midnight.
    const isOfEarlierDay = isFirstDelivery && call.countedDay < shanghaiDay(new Date());
    // Before the channel is looked at, whose row is taken after the bill's everywhere.
    if (isOfEarlierDay && !(await this.outcomes.countToday(tx, target))) return null;
    const waiting = await this.reasonToWait(tx, call, delivery ?? 1);
    if (waiting !== null) {
      const mayMove = isFirstDelivery && (waiting.hold === 'providerPaused' || waiting.hold === 'circuitOpen');
      if (!(mayMove && (await this.outcomes.moveOn(tx, target)))) {
        await this.outcomes.postpone(tx, target, { ...waiting, wasAsked: !isFirstDelivery });
      }
      return null;
    }
    // On record before it is asked a second time: from here on the attempt may have been begun, whatever becomes of this run.
    if (!isFirstDelivery && !call.wasAsked) await this.attempts.markAsked(tx, call.attemptId);
    return { ...call, replyKey: replyKey === 'destroyed' ? await this.attempts.renewReplyKey(tx, call.attemptId) : replyKey.text };
  }

  /** Asked again, egress would refuse another key: whether it called, and what came back, stays unknown. Null where another run ended it. */
  private async endWithoutKey(tx: Tx, target: Target, { provider, attemptId }: IntendedCall): Promise<EndedCall | null> {
    const endedBy = resultOfDestroyedKey();
    return (await this.outcomes.record(tx, target, endedBy)) ? { provider, attemptId, endedBy } : null;
  }

  private async reasonToWait(tx: Tx, call: IntendedCall, delivery: number): Promise<Omit<Postponement, 'wasAsked'> | null> {
    const now = new Date();
    if (delivery >= LAST_DELIVERY) return { hold: 'gateway', startAfterSeconds: postponeSeconds(call.createdAt, now) };
    if (call.isBehindAnother)
      return { hold: 'sameBill', startAfterSeconds: Math.min(SAME_BILL_SECONDS, postponeSeconds(call.createdAt, now)) };
    const admission = await this.channels.admit(tx, call.provider, call.attemptId);
    if (admission.kind === 'go') return null;
    return { hold: admission.why, startAfterSeconds: holdSeconds(admission.until, call.createdAt, now) };
  }

  /** What egress says of the attempt, or how it refuses it; null when it could not be reached. */
  private async ask({ attemptId, replyKey, provider, elements }: CallToMake, signal: AbortSignal): Promise<Word> {
    try {
      return await this.egress.call({ attemptId, replyKey, provider, elements }, { signal });
    } catch (error) {
      if (error instanceof EgressRefusedError) return error;
      // A job that was taken away goes back to the queue as it is.
      if (error instanceof EgressUnavailableError && !signal.aborted) return null;
      throw error;
    }
  }

  /** What ended the attempt; null where it goes on, or another run ended it. */
  private async conclude(tx: Tx, target: Target, call: CallToMake, word: Word): Promise<AttemptResult | null> {
    const now = new Date();
    if (word === null || (!(word instanceof Error) && word.state === 'inFlight')) {
      const startAfterSeconds = postponeSeconds(call.createdAt, now);
      await this.outcomes.postpone(tx, target, { hold: 'gateway', startAfterSeconds, wasAsked: true });
      return null;
    }
    if (!(word instanceof Error) && word.state === 'throttled') {
      const startAfterSeconds = throttleSeconds(word.retryAfterMs, call.createdAt, now);
      await this.outcomes.postpone(tx, target, { hold: 'throttled', startAfterSeconds, wasAsked: false });
      return null;
    }
    const result: AttemptResult = word instanceof Error ? resultOfRefusal(word.code) : resultOf(this.dialects, call.provider, word);
    return (await this.outcomes.record(tx, target, result)) ? result : null;
  }
}

const SAME_BILL_SECONDS = 5;

/** A call that may be made now has the key for its reply. */
type CallToMake = Omit<IntendedCall, 'replyKey'> & { replyKey: string };

/** An attempt that was ended without a call. */
type EndedCall = Pick<IntendedCall, 'provider' | 'attemptId'> & { endedBy: AttemptResult };

type Word = EgressReply | EgressRefusedError | null;
