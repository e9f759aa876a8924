import { createHash } from 'node:crypto';
import { AuditLog } from '@app/audit';
import { type TenantContext, type Tx, UnitOfWork } from '@app/database';
import { ObjectStore, SHARDS } from '@app/storage';
import { Injectable } from '@nestjs/common';
import { type ObjectSweepPlace, ObjectSweepStore } from './object-sweep.store';
import type { Sweep, SweepMoment } from './sweep';

const DAY_MS = 86_400_000;
/** What of a tenant lies in the store. */
const KINDS = ['receipts', 'subject-exports'] as const;
/** An upload is stored before its row is: whatever is younger may still get one. */
const GRACE_MS = 7 * DAY_MS;
const FEW = 20;

/** How much one run of the sweep may look at, remove and believe. */
export class OrphanBounds {
  /** Objects looked at in one run: a large store takes several days. */
  seen = 20_000;
  /** Keys held and asked about at once. */
  page = 1_000;
  removed = 100;
  /** With this many at once, or more than half of what was seen, the database is what lacks rows, such as after an old backup was restored. */
  suspicious = 1_000;
}

interface Look {
  seen: number;
  orphans: string[];
  /** Where the next look begins. */
  next: ObjectSweepPlace;
}

/**
 * Objects of a tenant that no row names: of an upload that broke off between store and database, or of an erasure that a crash cut short.
 * Each run goes on behind the last key that the one before looked at, so that all come round, however many a shard holds.
 * Nothing is removed where so much is unknown that the database must be wrong, and the audit says so: originals cannot be had again.
 */
@Injectable()
export class OrphanObjectsSweep implements Sweep {
  readonly name = 'object';

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly objects: ObjectStore,
    private readonly audit: AuditLog,
    private readonly places: ObjectSweepStore,
    private readonly bounds: OrphanBounds,
  ) {}

  async run(tenant: TenantContext, { now, signal }: SweepMoment): Promise<number> {
    const from = (await this.unitOfWork.run(tenant, (tx) => this.places.place(tx))) ?? placeAt(0);
    const { seen, orphans, next } = await this.look(tenant, from, now, signal);
    const isSuspicious = orphans.length >= this.bounds.suspicious || (orphans.length > FEW && orphans.length * 2 > seen);
    const removed = isSuspicious ? [] : orphans.slice(0, this.bounds.removed).sort();
    await this.unitOfWork.run(tenant, async (tx) => {
      // What was found and is still there is found again by the next run.
      if (isSuspicious || removed.length === orphans.length) await this.places.move(tx, next, now);
      if (orphans.length === 0) return;
      const sha256 = createHash('sha256').update(removed.join('\n')).digest('hex');
      const detail = { sweep: this.name, seen, unknown: orphans.length, removed: removed.length, sha256 };
      const outcome = isSuspicious ? 'failure' : 'success';
      await this.audit.append(tx, { action: 'retention.sweep', targetType: 'tenant', targetId: tx.tenant.tenantId, outcome, detail });
    });
    for (const key of removed) await this.objects.delete(key);
    return removed.length;
  }

  /** At most once round the store, up to where the first shard begins; what of it comes before `from` is the next run's. */
  private async look(tenant: TenantContext, from: ObjectSweepPlace, now: Date, signal: AbortSignal): Promise<Look> {
    const look: Look = { seen: 0, orphans: [], next: from };
    const first = positionOf(from);
    for (let step = 0; step < SHARDS * KINDS.length && look.seen < this.bounds.seen;) {
      signal.throwIfAborted();
      const { kind, shard, after } = look.next;
      const limit = Math.min(this.bounds.page, this.bounds.seen - look.seen);
      const found = await this.objects.list({ prefix: `${kind}/${tenant.tenantId}`, shard, after, limit });
      look.seen += found.length;
      const old = found.filter(({ changedAt }) => changedAt.getTime() < now.getTime() - GRACE_MS).map(({ key }) => key);
      if (old.length > 0) look.orphans.push(...(await this.unitOfWork.run(tenant, (tx) => unknownOf(tx, old))));
      if (found.length < limit) step += 1;
      look.next = found.length < limit ? placeAt(first + step) : { kind, shard, after: found.at(-1)?.key ?? null };
    }
    return look;
  }
}

/** Shard by shard, and in each kind by kind. */
function placeAt(position: number): ObjectSweepPlace {
  const shard = Math.floor(position / KINDS.length) % SHARDS;
  return { kind: KINDS[position % KINDS.length] ?? KINDS[0], shard, after: null };
}

function positionOf({ kind, shard }: ObjectSweepPlace): number {
  return (
    shard * KINDS.length +
    Math.max(
      0,
      KINDS.findIndex((known) => known === kind),
    )
  );
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
