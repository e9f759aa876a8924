import type { DryRunChange, DryRunDecision } from '@app/contracts';
import type { PastRequest } from './past-request';
import { decisionKey } from './recorded-decision';

const MOST_IDS = 10;

/** The requests that two sets of rules decide otherwise, by what they decide, the most frequent first. */
export function changedDecisions(
  requests: readonly PastRequest[],
  before: readonly DryRunDecision[],
  after: readonly DryRunDecision[],
): DryRunChange[] {
  const changes = new Map<string, DryRunChange>();
  for (const [at, { id }] of [...requests.entries()].reverse()) {
    const [old, next] = [before[at], after[at]];
    if (old === undefined || next === undefined || decisionKey(old) === decisionKey(next)) continue;
    const key = `${decisionKey(old)} ${decisionKey(next)}`;
    const change = changes.get(key) ?? { before: old, after: next, count: 0, ids: [] };
    change.count += 1;
    if (change.ids.length < MOST_IDS) change.ids.push(id);
    changes.set(key, change);
  }
  return [...changes.values()].sort((one, other) => other.count - one.count);
}
