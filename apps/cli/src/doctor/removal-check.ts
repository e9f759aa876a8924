import { AuditRetention, type Removable } from '@app/audit';
import type { Check, Finding } from './check';
import { named, ofEachTenant, type OfTenant, withDatabase } from './with-database';

/** A worker removes once a day; a day more is for one that was stopped meanwhile. */
const GRACE_DAYS = 2;

/** What the audit has kept for longer than it must is removed. */
export function removalCheck(url: string | undefined, days: number): Check {
  const retention = new AuditRetention();
  const run = () =>
    withDatabase(url, async (dataSource) =>
      judgeRemoval(await ofEachTenant(dataSource, (tx) => retention.removable(tx, { days: days + GRACE_DAYS })), days),
    );
  return { name: 'audit removal', run };
}

export function judgeRemoval(tenants: readonly OfTenant<Pick<Removable, 'segments' | 'entries' | 'isHeld'>>[], days: number): Finding {
  const old = tenants.filter(({ found }) => found.segments > 0);
  const late = old.filter(({ found }) => !found.isHeld);
  if (late.length > 0) {
    const detail = named(late.map(({ tenant, found }) => `${tenant}: ${found.entries} entries are older than ${days} days`));
    const advice =
      'see that a worker with PIAOYAN_AUDIT_SIGNING_KEY runs, and look in its log for "old segments of the audit were not removed"; a SIEM that is behind keeps them too';
    return { state: 'warn', detail, advice };
  }
  if (old.length > 0)
    return { state: 'ok', detail: `legal holds keep what is older than ${days} days: ${named(old.map(({ tenant }) => tenant))}` };
  return { state: 'ok', detail: `nothing is older than ${days} days` };
}
