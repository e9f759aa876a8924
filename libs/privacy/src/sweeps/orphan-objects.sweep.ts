import { createHash } from 'node:crypto';
import { AuditLog } from '@app/audit';
import { type TenantContext, type Tx, UnitOfWork } from '@app/database';
import { ObjectStore, SHARDS, type StoredKey } from '@app/storage';
import { Injectable } from '@nestjs/common';
import type { Sweep, SweepMoment } from './sweep';

const DAY_MS = 86_400_000;
/** Objects looked at in one run: a large store takes several days. */
const MOST_SEEN = 20_000;
const MOST_REMOVED = 100;
/** An upload is stored before its row is: whatever is younger may still get one. */
const GRACE_MS = 7 * DAY_MS;
/** With this many at once, or more than half of what was seen, the database is what lacks rows, such as after an old backup was restored. */
const SUSPICIOUS = 1_000;
const FEW = 20;

/**
 * Objects of a tenant that no row names: of an upload that broke off between store and database, or of an erasure that a crash cut short.
 * Nothing is removed where so much is unknown that the database must be wrong, and the audit says so: originals cannot be had again.
 */
@Injectable()
export class OrphanObjectsSweep implements Sweep {
  readonly name = 'object';

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly objects: ObjectStore,
    private readonly audit: AuditLog,
  ) {}

  async run(tenant: TenantContext, { now, signal }: SweepMoment): Promise<number> {
    const { seen, orphans } = await this.look(tenant, now, signal);
    if (orphans.length === 0) return 0;
    const isSuspicious = orphans.length >= SUSPICIOUS || (orphans.length > FEW && orphans.length * 2 > seen);
    const removed = isSuspicious ? [] : orphans.slice(0, MOST_REMOVED).sort();
    await this.unitOfWork.run(tenant, async (tx) => {
      const sha256 = createHash('sha256').update(removed.join('\n')).digest('hex');
      const detail = { sweep: this.name, seen, unknown: orphans.length, removed: removed.length, sha256 };
      const outcome = isSuspicious ? 'failure' : 'success';
      await this.audit.append(tx, { action: 'retention.sweep', targetType: 'tenant', targetId: tx.tenant.tenantId, outcome, detail });
    });
    for (const key of removed) await this.objects.delete(key);
    return removed.length;
  }

  /** Each day begins at another shard, so that all come round. */
  private async look(tenant: TenantContext, now: Date, signal: AbortSignal): Promise<{ seen: number; orphans: string[] }> {
    const orphans: string[] = [];
    let seen = 0;
    const first = Math.floor(now.getTime() / DAY_MS) * 8;
    for (let step = 0; step < SHARDS && seen < MOST_SEEN; step += 1) {
      signal.throwIfAborted();
      const found: StoredKey[] = [];
      for (const kind of ['receipts', 'subject-exports']) {
        const place = { prefix: `${kind}/${tenant.tenantId}`, shard: (first + step) % SHARDS, limit: MOST_SEEN - seen - found.length };
        found.push(...(await this.objects.list(place)));
      }
      seen += found.length;
      const old = found.filter(({ changedAt }) => changedAt.getTime() < now.getTime() - GRACE_MS).map(({ key }) => key);
      if (old.length > 0) orphans.push(...(await this.unitOfWork.run(tenant, (tx) => unknownOf(tx, old))));
    }
    return { seen, orphans };
  }
}

/** A page's picture is its original's: the key begins with that. A marked object is being erased, and is not ours. */
async function unknownOf(tx: Tx, keys: readonly string[]): Promise<string[]> {
  const rows = await tx.manager.query<{ key: string }[]>(
    `select k.key from unnest($2::text[], $3::text[]) as k (key, original) where
       not exists (select from receipt r where r.tenant_id = $1 and r.object_key = k.original and r.original_erased_at is null)
       and not exists (select from subject_request s, json_array_elements(s.exports) e where s.tenant_id = $1 and e->>'key' = k.key)
       and not exists (select from subject_request s where s.tenant_id = $1 and s.state = 'exporting'
         and k.key like 'subject-exports/%/' || s.id || '/%')
       and not exists (select from erasure_mark m, json_array_elements_text(m.object_keys) e where m.tenant_id = $1 and e = k.key)`,
    [tx.tenant.tenantId, keys, keys.map((key) => key.replace(/\.page-\d+\.[a-z]+$/, ''))],
  );
  return rows.map(({ key }) => key);
}
