import type { AttemptView, VerificationView } from '@app/contracts';
import { type Attempt, messageOf, type VerificationDetail, verdictOf } from '@app/verification';

/** A verification as the API shows it. */
export function toVerificationView({ verification, attempts }: VerificationDetail): VerificationView {
  const { id, receiptId, state, outcome, origin, provider, charge, elements, face, nextAttemptAt } = verification;
  const told = { state, outcome, elements, face, nextAttemptAt, settledOutcome: verification.settledOutcome };
  return {
    id,
    receiptId,
    state,
    verdict: verdictOf(told),
    outcome,
    origin,
    provider,
    charge,
    elements,
    message: messageOf(told),
    face,
    attempts: attempts.map(toAttemptView),
    createdAt: verification.createdAt.toISOString(),
    finishedAt: verification.finishedAt?.toISOString() ?? null,
    nextAttemptAt: nextAttemptAt?.toISOString() ?? null,
  };
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
