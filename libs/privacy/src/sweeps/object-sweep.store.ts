import type { Tx } from '@app/database';
import { Injectable } from '@nestjs/common';

/** Where the look at a tenant's objects goes on: in which kind and shard, behind which key; from the shard's first where that is null. */
export interface ObjectSweepPlace {
  kind: string;
  shard: number;
  after: string | null;
}

/** Remembers between sweeps how far a tenant's objects were looked at. */
@Injectable()
export class ObjectSweepStore {
  /** Null before the first sweep. */
  async place({ tenant, manager }: Tx): Promise<ObjectSweepPlace | null> {
    const rows = await manager.query<ObjectSweepPlace[]>(
      'select kind, shard, after_key as "after" from object_sweep where tenant_id = $1',
      [tenant.tenantId],
    );
    return rows[0] ?? null;
  }

  async move({ tenant, manager }: Tx, { kind, shard, after }: ObjectSweepPlace, at: Date): Promise<void> {
    await manager.query(
      `insert into object_sweep (tenant_id, kind, shard, after_key, moved_at) values ($1, $2, $3, $4, $5)
       on conflict (tenant_id) do update set kind = excluded.kind, shard = excluded.shard, after_key = excluded.after_key,
         moved_at = excluded.moved_at`,
      [tenant.tenantId, kind, shard, after, at],
    );
  }
}
