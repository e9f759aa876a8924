import { type Elements, type Outcome, ProblemError, type ProcessingBasis, type ProviderFace } from '@app/contracts';
import { maskFace } from '@app/masking';
import { emptyFace } from '@app/providers';
import type { Client } from '@app/tenancy';
import { type Attempt, type Verification, type VerificationDetail, VerificationRequests, Verifications } from '@app/verification';
import { Inject, Injectable } from '@nestjs/common';
import { ResultWait } from '../http/result-wait';
import { answerOfShape, type ClientAnswer } from './client-answer';
import { DROP_IN_SETTINGS, type DropInSettings } from './drop-in-settings';
import { taskNumberOf } from './task-number';

/** Refusals that say something of the elements; all others are limits of ours, and told as one. */
const ABOUT_ELEMENTS: ReadonlySet<Outcome | null> = new Set<Outcome>([
  ...(['MISSING_PARAM', 'BAD_LENGTH', 'BAD_PARAM', 'FUTURE_DATE', 'OVER_WINDOW', 'IRREGULAR'] as const),
]);

/** What the audit says of a client whose credential was made to see personal fields: its dialect has no place for a purpose. */
const PURPOSE = 'client credential with face.unmasked';

const mayUnmask = (client: Client): boolean => client.scopes.has('face.unmasked');

/** What a client asks; the basis comes in headers, which a gateway before the client may add. */
export interface ClientQuestion {
  elements: Elements;
  basis: ProcessingBasis | undefined;
}

/** Verifies for a client that waits: through every guard, and as long as the settings allow. */
@Injectable()
export class ClientVerification {
  constructor(
    private readonly requests: VerificationRequests,
    private readonly verifications: Verifications,
    private readonly wait: ResultWait,
    @Inject(DROP_IN_SETTINGS) private readonly settings: Pick<DropInSettings, 'waitSeconds'>,
  ) {}

  /** The answer, or that it is in progress when the wait ran out; asking the same again joins the call or gets its result. */
  async ask(client: Client, question: ClientQuestion, gone: () => boolean): Promise<ClientAnswer> {
    const id = await this.requested(client, question);
    if (id === null) return answerOfShape('DAILY_LIMIT');
    const deadline = new Date(Date.now() + this.settings.waitSeconds * 1_000);
    const { verification, attempts } = await this.wait.until(
      {
        id,
        look: () => this.verifications.get(client.tenant, id),
        isFinal: (detail: VerificationDetail) => !endsBefore(deadline, detail.verification),
      },
      { seconds: this.settings.waitSeconds, gone },
    );
    const calls = verification.sourceId === null ? attempts : await this.callsOf(client, verification.sourceId);
    const answer = answerOf(verification, calls.at(-1), client);
    // Which credential it was says whom the bank allowed this; no record, no value.
    if (answer.face !== null && mayUnmask(client)) await this.verifications.get(client.tenant, id, PURPOSE);
    return answer;
  }

  /** The verification's id; null when a person would have to confirm it first, which no client of a provider can. */
  private async requested({ tenant }: Client, { elements, basis }: ClientQuestion): Promise<string | null> {
    try {
      return (await this.requests.request(tenant, { elements, basis, neverTwice: true })).id;
    } catch (error) {
      if (error instanceof ProblemError && error.code === 'last-try-unconfirmed') return null;
      throw error;
    }
  }

  private async callsOf({ tenant }: Client, verificationId: string): Promise<Attempt[]> {
    return (await this.verifications.get(tenant, verificationId)).attempts;
  }
}

/** Whether an end may still come in time; what is tried again only later is no reason to keep a client waiting. */
function endsBefore(deadline: Date, { isOpen, nextAttemptAt }: Verification): boolean {
  return isOpen && (nextAttemptAt === null || nextAttemptAt < deadline);
}

function answerOf(verification: Verification, call: Attempt | undefined, client: Client): ClientAnswer {
  const { origin } = verification;
  const outcome = outcomeOf(verification);
  const face = outcome === 'MATCH' ? faceOf(verification) : null;
  return {
    outcome,
    origin,
    charge: verification.charge ?? 'unknown',
    face: face && (mayUnmask(client) ? face : maskFace(face)),
    provider: origin === 'local' ? null : (call?.provider ?? verification.provider),
    attemptId: call?.id ?? null,
    taskNumber: taskNumberOf(call?.id ?? verification.id),
  };
}

function outcomeOf({ isOpen, state, outcome }: Verification): Outcome {
  if (isOpen) return 'IN_PROGRESS';
  if (state === 'refused' && !ABOUT_ELEMENTS.has(outcome)) return 'DAILY_LIMIT';
  return outcome ?? 'UNKNOWN_CODE';
}

/** A match without a face confirms the five elements, and nothing else. */
function faceOf({ face, elements }: Verification): ProviderFace {
  return face ?? { ...emptyFace(), ...elements };
}
