import { type Outcome, shanghaiDay } from '@app/contracts';
import { outcomePolicy } from '@app/providers';

/** Whether a definitive answer of an earlier day may still be given. `today` is the day in Shanghai. */
export function stillHolds(answer: { outcome: Outcome | null; finishedAt: Date | null; issueDate: string }, today: string): boolean {
  if (answer.outcome === null || answer.finishedAt === null) return false;
  const answeredOn = shanghaiDay(answer.finishedAt);
  if (answeredOn === today) return true;
  // Issuers report to the platform overnight: a bill not found on its own day may well be there on the next.
  if (answer.outcome === 'NOT_FOUND' && answeredOn <= answer.issueDate) return false;
  return outcomePolicy(answer.outcome).holds === 'always';
}
