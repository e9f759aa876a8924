import type { EgressReply, JobPayloads } from '@app/contracts';
import { type TenantContext, UnitOfWork } from '@app/database';
import { ProviderDialects } from '@app/providers';
import { PermanentJobError } from '@app/queue';
import { Injectable } from '@nestjs/common';
import type { Attempt } from '../attempt.entity';
import { AttemptStore } from '../attempt.store';
import type { Verification } from '../verification.entity';
import { VerificationStore } from '../verification.store';
import { AttemptOutcomes } from './attempt-outcomes';
import { resultOf } from './attempt-result';
import { EgressClient, EgressUnavailableError } from './egress-client';

/**
 * Carries attempts out, on the worker. It may be run twice or killed anywhere: a finished attempt is left alone, an unfinished one is
 * posted again under the same id, and egress makes one upstream call for an id, for ever.
 */
@Injectable()
export class VerificationSending {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly verifications: VerificationStore,
    private readonly attempts: AttemptStore,
    private readonly outcomes: AttemptOutcomes,
    private readonly egress: EgressClient,
    private readonly dialects: ProviderDialects,
  ) {}

  /** @throws PermanentJobError when there is no such attempt; whatever else it throws is worth another try */
  async send(payload: JobPayloads['verification.send'], job: { id: string; signal: AbortSignal }): Promise<void> {
    const tenant: TenantContext = { tenantId: payload.tenantId, actor: { type: 'worker', id: job.id, name: 'verification.send' } };
    const intent = await this.intended(tenant, payload);
    if (intent === null) return;
    const reply = await this.ask(intent, job.signal);
    await this.unitOfWork.run(tenant, (tx) => {
      if (reply === null || reply.state === 'inFlight') return this.outcomes.postpone(tx, payload);
      if (reply.state === 'throttled') return this.outcomes.postpone(tx, payload, Math.ceil(reply.retryAfterMs / 1_000));
      return this.outcomes.record(tx, payload, resultOf(this.dialects, intent.attempt.provider, reply));
    });
  }

  private async intended(tenant: TenantContext, payload: JobPayloads['verification.send']): Promise<Intent | null> {
    return this.unitOfWork.run(tenant, async (tx) => {
      const attempt = await this.attempts.find(tx, payload.attemptId);
      const verification = await this.verifications.find(tx, payload.verificationId);
      if (attempt === null || verification === null) throw new PermanentJobError(`attempt ${payload.attemptId} does not exist`);
      return attempt.state === 'intended' ? { attempt, verification } : null;
    });
  }

  /** What egress tells of the attempt; null when it could not be reached. */
  private async ask({ attempt, verification }: Intent, signal: AbortSignal): Promise<EgressReply | null> {
    const call = { attemptId: attempt.id, provider: attempt.provider, elements: verification.elements };
    try {
      return await this.egress.call(call, { signal });
    } catch (error) {
      // A job that was taken away goes back to the queue as it is.
      if (error instanceof EgressUnavailableError && !signal.aborted) return null;
      throw error;
    }
  }
}

interface Intent {
  attempt: Attempt;
  verification: Verification;
}
