import type { AttemptView, Refusal, VerificationView } from '@app/contracts';
import { type Attempt, elementWarnings, evidenceOf, messageOf, needsReview, type VerificationDetail, verdictOf } from '@app/verification';

/** A verification as the API shows it. */
export function toVerificationView({ verification, attempts }: VerificationDetail): VerificationView {
  const { id, receiptId, bill, state, outcome, origin, provider, charge, elements, face, hold, triesLeft, policyVersion } = verification;
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
    warnings: elementWarnings(elements),
    face,
    evidence: evidenceOf(verification.readFace, face),
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
