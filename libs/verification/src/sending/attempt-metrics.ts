import type { ProviderId } from '@app/contracts';
import { counter } from '@app/observability';
import type { AttemptEnd } from '../attempt.entity';

const attempts = counter({
  name: 'piaoyan_attempts_total',
  help: 'Upstream calls that came to an end, by provider and outcome',
  labels: ['provider', 'outcome'],
});

/** Counts the end of an attempt, once it is committed. */
export function countAttempt(provider: ProviderId, { outcome }: Pick<AttemptEnd, 'outcome'>): void {
  attempts.inc({ provider, outcome });
}
