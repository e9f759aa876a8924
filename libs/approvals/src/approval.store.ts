import type { ActChange, ActKind, ApprovalQuery } from '@app/contracts';
import { type Actor, serialize, type Tx } from '@app/database';
import { Role, type Scope, SCOPES_OF_ROLE } from '@app/tenancy';
import { Injectable } from '@nestjs/common';
import type { Approval } from './approval';

const COLUMNS = `id, kind, target_type, target_id, payload, payload_hash, changes, reason, state, proposed_by_type, proposed_by, proposed_by_name,
  persons, proposed_at, expires_at, decided_by_type, decided_by, decided_by_name, decision_reason, decided_at`;
/** What `state` means in SQL; `expired` is never stored. */
const IN_STATE = `case when state = 'open' and expires_at <= $4 then 'expired' else state end`;

/** Queries of approvals. A foreign tenant's approval is simply not found. */
@Injectable()
export class ApprovalStore {
  /** Lets no other transaction propose the same until this one ends. */
  async holdProposal(tx: Tx, hash: string): Promise<void> {
    await serialize(tx, `approval/${hash}`);
  }

  async insert(tx: Tx, approval: Approval): Promise<void> {
    const { id, kind, target, payload, payloadHash, changes, reason, state, proposedBy, persons, proposedAt, expiresAt } = approval;
    await tx.manager.query(
      `insert into approval (tenant_id, id, kind, target_type, target_id, payload, payload_hash, changes, reason, state,
         proposed_by_type, proposed_by, proposed_by_name, persons, proposed_at, expires_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
      [
        ...[tx.tenant.tenantId, id, kind, target.type, target.id, JSON.stringify(payload), payloadHash, JSON.stringify(changes), reason],
        ...[state, proposedBy.type, proposedBy.id, proposedBy.name, JSON.stringify(persons), proposedAt, expiresAt],
      ],
    );
  }

  /** The proposal of exactly this that is still open, if there is one. */
  async findOpen(tx: Tx, hash: string, at: Date): Promise<Approval | null> {
    return this.one(tx, `payload_hash = $2 and state = 'open' and expires_at > $3 order by id desc limit 1`, [hash, at]);
  }

  async find(tx: Tx, id: string): Promise<Approval | null> {
    return this.one(tx, 'id = $2', [id]);
  }

  /** Held until the transaction ends: of two who decide, the second finds it decided. */
  async lock(tx: Tx, id: string): Promise<Approval | null> {
    return this.one(tx, 'id = $2 for update', [id]);
  }

  /** At most `limit` of those older than `before`, newest first. */
  async page(tx: Tx, { limit, before, state }: ApprovalQuery, at: Date): Promise<Approval[]> {
    const rows: Row[] = await tx.manager.query(
      `select ${COLUMNS} from approval where tenant_id = $1 and ($2::uuid is null or id < $2) and ($3::text is null or ${IN_STATE} = $3)
       order by id desc limit $5`,
      [tx.tenant.tenantId, before ?? null, state ?? null, at, limit],
    );
    return rows.map(toApproval);
  }

  async close(tx: Tx, { id, state, decision }: Approval): Promise<void> {
    const { by, reason, at } = decision ?? { by: null, reason: null, at: null };
    await tx.manager.query(
      `update approval set state = $3, decided_by_type = $4, decided_by = $5, decided_by_name = $6, decision_reason = $7, decided_at = $8
       where tenant_id = $1 and id = $2`,
      [tx.tenant.tenantId, id, state, by?.type, by?.id, by?.name, reason, at],
    );
  }

  /** Users who made a key or changed it, as the audit tells. */
  async handlersOfKey(tx: Tx, keyId: string): Promise<string[]> {
    const rows: { actor_id: string }[] = await tx.manager.query(
      `select distinct actor_id from audit_entry where tenant_id = $1 and target_type = 'apiKey' and target_id = $2 and actor_type = 'user' limit 100`,
      [tx.tenant.tenantId, keyId],
    );
    return rows.map((row) => row.actor_id);
  }

  /**
   * Whether who proposed may no longer: a user who was disabled or has other roles, a key that was revoked, ended or narrowed. Users and keys
   * are never removed, so one that is not found is an operator, or nobody's.
   */
  async hasLostRight(tx: Tx, { proposedBy }: Approval, scope: Scope): Promise<boolean> {
    const values = [tx.tenant.tenantId, proposedBy.id];
    if (proposedBy.type === 'user') {
      const rows: { state: string; roles: string[] }[] = await tx.manager.query(
        'select state, roles from user_account where tenant_id = $1 and id = $2',
        values,
      );
      return rows.some(({ state, roles }) => state !== 'active' || !roles.some((role) => SCOPES_OF_ROLE[Role.parse(role)].includes(scope)));
    }
    if (proposedBy.type !== 'apiKey') return false;
    const keys: { ended: boolean; scopes: string[] }[] = await tx.manager.query(
      `select revoked_at is not null or coalesce(expires_at <= now(), false) as ended, scopes from api_key where tenant_id = $1 and id = $2`,
      values,
    );
    return keys.some(({ ended, scopes }) => ended || !scopes.includes(scope));
  }

  private async one(tx: Tx, condition: string, values: readonly unknown[]): Promise<Approval | null> {
    const rows: Row[] = await tx.manager.query(`select ${COLUMNS} from approval where tenant_id = $1 and ${condition}`, [
      tx.tenant.tenantId,
      ...values,
    ]);
    return rows[0] === undefined ? null : toApproval(rows[0]);
  }
}

interface Row {
  id: string;
  kind: ActKind;
  target_type: string;
  target_id: string;
  payload: object;
  payload_hash: string;
  changes: ActChange[];
  reason: string | null;
  state: Approval['state'];
  proposed_by_type: Actor['type'];
  proposed_by: string;
  proposed_by_name: string;
  persons: string[];
  proposed_at: Date;
  expires_at: Date;
  decided_by_type: Actor['type'] | null;
  decided_by: string | null;
  decided_by_name: string | null;
  decision_reason: string | null;
  decided_at: Date | null;
}

function toApproval(row: Row): Approval {
  return {
    ...{ id: row.id, kind: row.kind, payload: row.payload, payloadHash: row.payload_hash, changes: row.changes, reason: row.reason },
    target: { type: row.target_type, id: row.target_id },
    state: row.state,
    proposedBy: { type: row.proposed_by_type, id: row.proposed_by, name: row.proposed_by_name },
    persons: row.persons,
    proposedAt: row.proposed_at,
    expiresAt: row.expires_at,
    decision: decisionOf(row),
  };
}

function decisionOf({ decided_by_type: type, decided_by: id, decided_by_name: name, decision_reason: reason, decided_at: at }: Row) {
  return type === null || id === null || name === null || at === null ? null : { by: { type, id, name }, reason, at };
}
