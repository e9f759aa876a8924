import type { AttemptView, Refusal, VerificationView } from '@app/contracts';
import { maskEvidence, maskFace } from '@app/masking';
import { type Attempt, elementWarnings, evidenceOf, messageOf, needsReview, type VerificationDetail, verdictOf } from '@app/verification';
import { toBasisViews } from '../http/bases.mapper';

/** A verification as the API shows it, with personal fields masked or not. */
export function toVerificationView(
  { verification, attempts, bases }: VerificationDetail,
  { masked }: { masked: boolean },
): VerificationView {
  const {
    id,
    receiptId,
    bill,
    state,
    outcome,
    origin,
    provider,
    charge,
    elements,
    toldFace: face,
    hold,
    triesLeft,
    policyVersion,
    rulesVersion,
  } = verification;
  const evidence = evidenceOf(verification.readFace, face);
  return {
    id,
    receiptId,
    bill,
    state,
    verdict: verdictOf(verification),
    outcome,
    origin,
    provider,
    charge,
    elements,
    message: messageOf(verification),
    refusal: refusalOf(verification),
    hold,
    triesLeft,
    policyVersion,
    rulesVersion,
    warnings: elementWarnings(elements),
    face: face && (masked ? maskFace(face) : face),
    evidence: masked ? maskEvidence(evidence) : evidence,
    masked,
    erased: verification.erased,
    ...(bases && { bases: toBasisViews(bases, { masked }) }),
    reviewNeeded: needsReview(verification),
    attempts: attempts.map(toAttemptView),
    createdAt: verification.createdAt.toISOString(),
    finishedAt: verification.finishedAt?.toISOString() ?? null,
    nextAttemptAt: verification.nextAttemptAt?.toISOString() ?? null,
  };
}

function refusalOf({ refusalCode, refusalPassesAt }: VerificationDetail['verification']): Refusal | null {
  return refusalCode === null ? null : { code: refusalCode, passesAt: refusalPassesAt?.toISOString() ?? null };
}

function toAttemptView(attempt: Attempt): AttemptView {
  const { id, number, provider, state, outcome, providerCode, providerMessage, charge } = attempt;
  return {
    id,
    number,
    provider,
    state,
    outcome,
    providerCode,
    providerMessage,
    charge,
    createdAt: attempt.createdAt.toISOString(),
    finishedAt: attempt.finishedAt?.toISOString() ?? null,
  };
}
