import { AnchoringStore, type AnchoringState, MAX_SEALING_LAG_SECONDS, sealingLag } from '@app/audit';
import type { Check, Finding } from './check';
import { withDatabase } from './with-database';

/** Entries of the audit are sealed soon after they were written. */
export function auditCheck(url: string | undefined): Check {
  return { name: 'audit', run: () => withDatabase(url, async (dataSource) => judgeLag(await sealingLag(dataSource))) };
}

/** Anchors reach the places that they are to be kept at. */
export function anchorsCheck(url: string | undefined): Check {
  return {
    name: 'anchors',
    run: () => withDatabase(url, async (dataSource) => judgeAnchors(await new AnchoringStore(dataSource).states())),
  };
}

/** What waits longer than the bound is unprotected: until it is sealed, a superuser's change of it leaves no trace. */
export function judgeLag({ entries, oldestSeconds }: Awaited<ReturnType<typeof sealingLag>>): Finding {
  if (oldestSeconds === null) return { state: 'ok', detail: 'every entry is sealed' };
  const detail = `${entries === 10_000 ? 'at least ' : ''}${entries} entries wait for their seal, the oldest for ${Math.round(oldestSeconds)} s`;
  if (oldestSeconds <= MAX_SEALING_LAG_SECONDS) return { state: 'ok', detail };
  return {
    state: 'warn',
    detail,
    advice: 'see that a worker with PIAOYAN_AUDIT_SIGNING_KEY runs, and that no transaction has been open for long (pg_stat_activity)',
  };
}

const MAX_ANCHOR_AGE_SECONDS = 2 * 86_400;

/** Without a fresh anchor somebody with all rights over the database could cut the end of the audit off. */
export function judgeAnchors(states: readonly AnchoringState[]): Finding {
  const advice = 'see docs/operations/audit.md, Anchors';
  if (states.length === 0) return { state: 'warn', detail: 'no place has ever taken an anchor of the audit', advice };
  const detail = states
    .map(({ sink, writtenAt, failure }) => `${sink}: ${failure ?? 'ok'}, last ${writtenAt?.toISOString() ?? 'never'}`)
    .join('; ');
  const isLate = states.some(({ failure, ageSeconds }) => failure !== null || ageSeconds === null || ageSeconds > MAX_ANCHOR_AGE_SECONDS);
  return isLate ? { state: 'warn', detail, advice } : { state: 'ok', detail };
}
