import type { ProviderId } from '@app/contracts';
import { counter } from '@app/observability';
import type { AttemptResult } from './attempt-result';

const attempts = counter({
  name: 'piaoyan_attempts_total',
  help: 'Upstream calls that came to an end, by provider and outcome',
  labels: ['provider', 'outcome'],
});

const alerts = counter({
  name: 'piaoyan_attempt_alerts_total',
  help: 'What an operator must hear of upstream calls, by provider and alert',
  labels: ['provider', 'alert'],
});

/** Counts the end of an attempt and its alerts, once they are committed. */
export function countAttempt(provider: ProviderId, result: Pick<AttemptResult, 'end' | 'alerts'>): void {
  attempts.inc({ provider, outcome: result.end.outcome });
  for (const alert of result.alerts) alerts.inc({ provider, alert });
}
