import { createHash } from 'node:crypto';
import type { Tx } from '@app/database';
import { Injectable } from '@nestjs/common';

/** Removes messages that arrived or were given up, with the record of their deliveries. */
@Injectable()
export class MessageErasure {
  /** Events older than `before` of which no delivery is pending. */
  async dueMessages(tx: Tx, { before, limit }: { before: Date; limit: number }): Promise<string[]> {
    const rows = await tx.manager.query<{ id: string }[]>(
      `select e.id from webhook_event e where e.tenant_id = $1 and e.created_at < $2
       and not exists (select from webhook_delivery d where d.tenant_id = e.tenant_id and d.event_id = e.id and d.state = 'pending')
       order by e.id limit $3`,
      [tx.tenant.tenantId, before, limit],
    );
    return rows.map(({ id }) => id);
  }

  /** The ids that were removed, each with the SHA-256 of its payload. */
  async eraseMessages(tx: Tx, ids: readonly string[]): Promise<{ id: string; sha256: string }[]> {
    const values = [tx.tenant.tenantId, ids];
    await tx.manager.query('delete from webhook_delivery where tenant_id = $1 and event_id = any($2::uuid[])', values);
    const [rows]: [{ id: string; payload: string }[], number] = await tx.manager.query(
      'delete from webhook_event where tenant_id = $1 and id = any($2::uuid[]) returning id, payload::text as payload',
      values,
    );
    return rows.map(({ id, payload }) => ({ id, sha256: createHash('sha256').update(payload).digest('hex') }));
  }
}
