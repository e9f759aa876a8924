import { createHash } from 'node:crypto';
import { approvedAct, type ApprovedProposal } from '@app/approvals';
import { AuditLog } from '@app/audit';
import { TenantErasureProposal } from '@app/contracts';
import { type Actor, serialize, type TenantContext, type Tx, UnitOfWork } from '@app/database';
import { KEY_CLASSES, type Keyring } from '@app/keyring';
import { HOLD_WORDS, objectKeysOf } from '@app/receipts';
import { ObjectStore, SHARDS } from '@app/storage';
import { v7 as uuidv7 } from 'uuid';
import { LegalHoldStore } from '../retention/legal-hold.store';
import type { CertificateSigner, CertifiedPerson, ErasedTable, ErasureCertificate, SignedCertificate } from './erasure-certificate';
import { TenantErasureError } from './tenant-erasure.error';
import { tenantInventory } from './tenant-inventory';
import { type TenantTable, tenantTables } from './tenant-tables';

const RECEIPTS_AT_ONCE = 500;
/** First segments of a tenant's keys. */
/** Keys held at once. */
const OBJECTS_AT_ONCE = 1_000;
const KINDS_OF_OBJECTS = ['receipts', 'subject-exports', 'staging'];

export interface TenantErasureParts {
  unitOfWork: UnitOfWork;
  objects: ObjectStore;
  audit: AuditLog;
  holds: LegalHoldStore;
  keyring: Keyring;
  signer: CertificateSigner;
  now: () => Date;
}

/** Which tenant, its name once more, as the person at the keyboard typed it, and the approval of the second person. */
export interface TenantErasureOrder {
  tenant: { id: string; name: string };
  confirmedName: string;
  approvalId: string;
}

/**
 * Erases everything of a tenant but its audit. Keys are revoked, users shut out and their sessions ended first, so that nothing new
 * comes; then the objects are deleted, while the rows still name them; then one transaction destroys all data keys, removes all rows, writes
 * the certificate and the audit entry. Stopped anywhere, the same command goes on: nothing is certified before all of it is gone. What a
 * backup still holds cannot be opened any more once the master key has changed, since the backup holds the wrapped keys, too.
 */
export class TenantErasure {
  constructor(private readonly parts: TenantErasureParts) {}

  /**
   * @throws TenantErasureError for a name that differs, while legal holds stand, or when the approval is too old or of what the tenant no
   *   longer is; ProblemError `not-found`, `approval-missing`, `approval-changed` as the approval stands
   */
  async erase(actor: Actor, { tenant, confirmedName, approvalId }: TenantErasureOrder): Promise<SignedCertificate> {
    if (confirmedName !== tenant.name) throw new TenantErasureError('the name that was typed is not the name of the tenant');
    const context: TenantContext = { tenantId: tenant.id, actor };
    const { unitOfWork } = this.parts;
    await unitOfWork.run(context, async (tx) => {
      await this.assertNoHold(tx);
      await this.assertApproved(tx, await approvedAct(tx, { id: approvalId, kind: 'tenant.erase' }));
      await this.shutOut(tx, approvalId);
    });
    const objects = await this.deleteObjects(context);
    return unitOfWork.run(context, async (tx) => {
      await this.assertNoHold(tx);
      const approval = await approvedAct(tx, { id: approvalId, kind: 'tenant.erase' });
      return this.removeRows(tx, { tenant, objects, approval: personsOf(approval) });
    });
  }

  /** What was begun is finished, however late: its objects may be gone already. */
  private async assertApproved(tx: Tx, { id, payload, expiresAt }: ApprovedProposal): Promise<void> {
    if (await isBegun(tx, id)) return;
    if (expiresAt <= this.parts.now()) throw new TenantErasureError('the approval has expired: propose the erasure anew');
    const { foundHash } = TenantErasureProposal.parse(payload);
    if ((await tenantInventory(tx)).foundHash === foundHash) return;
    throw new TenantErasureError('the tenant holds something else than what was approved: propose the erasure anew');
  }

  private async assertNoHold(tx: Tx): Promise<void> {
    await serialize(tx, HOLD_WORDS);
    const standing = await this.parts.holds.countStanding(tx);
    if (standing > 0) throw new TenantErasureError(`${standing} legal holds stand: release them first`);
  }

  private async shutOut(tx: Tx, approval: string): Promise<void> {
    const values = [tx.tenant.tenantId, this.parts.now()];
    for (const table of ['api_key', 'client_credential']) {
      await tx.manager.query(`update ${table} set revoked_at = $2 where tenant_id = $1 and revoked_at is null`, values);
    }
    await tx.manager.query('delete from user_session where tenant_id = $1', [tx.tenant.tenantId]);
    await tx.manager.query(`update user_account set state = 'disabled' where tenant_id = $1`, [tx.tenant.tenantId]);
    const target = { targetType: 'tenant', targetId: tx.tenant.tenantId };
    await this.parts.audit.append(tx, { action: 'tenant.erase', ...target, detail: { stage: 'begun', approval } });
  }

  private async deleteObjects(context: TenantContext): Promise<number> {
    // What a run of retention marked and did not come to delete, and copies that were made for persons.
    const marked = await this.parts.unitOfWork.run(context, markedKeys);
    for (const key of marked) await this.parts.objects.delete(key);
    let count = marked.length;
    let after: string | null = null;
    for (;;) {
      const page: { id: string; keys: string[] }[] = await this.parts.unitOfWork.run(context, (tx) =>
        objectKeysOf(tx, { after, limit: RECEIPTS_AT_ONCE }),
      );
      for (const key of page.flatMap(({ keys }) => keys)) {
        await this.parts.objects.delete(key);
        count += 1;
      }
      const last = page.at(-1);
      if (last === undefined || page.length < RECEIPTS_AT_ONCE) return count;
      after = last.id;
    }
  }

  /** Deletes what no row names, such as of an upload or an export that broke off: no sweep comes to a tenant that is gone. How much there was. */
  private async deleteUnnamed(tenantId: string): Promise<number> {
    const { objects } = this.parts;
    let count = 0;
    for (const kind of KINDS_OF_OBJECTS) {
      for (let shard = 0; shard < SHARDS; shard += 1) {
        for (;;) {
          // What was deleted is no more: each page begins at the first key that is left.
          const found = await objects.list({ prefix: `${kind}/${tenantId}`, shard, after: null, limit: OBJECTS_AT_ONCE });
          for (const { key } of found) await objects.delete(key);
          count += found.length;
          if (found.length < OBJECTS_AT_ONCE) break;
        }
      }
    }
    return count;
  }

  private async removeRows(
    tx: Tx,
    { tenant, objects: named, approval }: Pick<ErasureCertificate, 'tenant' | 'objects' | 'approval'>,
  ): Promise<SignedCertificate> {
    const tables = await tenantTables(tx);
    for (const keyClass of KEY_CLASSES) await this.parts.keyring.destroy(tx, keyClass, 'all');
    const erased: ErasedTable[] = [];
    for (const table of tables.filter(({ isKept }) => !isKept)) {
      const hash = await hashOf(tx, table);
      erased.push({ name: table.name, ...hash });
      await tx.manager.query(`delete from "${table.name}" where ${table.tenantColumn} = $1`, [tenant.id]);
    }
    await tx.manager.query(`delete from pgboss.job where data->>'tenantId' = $1`, [tenant.id]);
    const kept: ErasureCertificate['kept'] = [];
    for (const table of tables.filter(({ isKept }) => isKept)) kept.push({ name: table.name, rows: (await hashOf(tx, table)).rows });
    // Now that its rows are going, an upload that was under way cannot get one any more.
    const objects = named + (await this.deleteUnnamed(tenant.id));
    return this.certified(tx, { tenant, approval, objects, tables: erased, kept });
  }

  private async certified(tx: Tx, facts: Omit<ErasureCertificate, 'format' | 'id' | 'erasedAt' | 'erasedBy'>): Promise<SignedCertificate> {
    const { signer, audit, now } = this.parts;
    const [id, at] = [uuidv7(), now()];
    const format = 'piaoyan-erasure-certificate/2';
    const certificate: ErasureCertificate = { format, id, erasedAt: at.toISOString(), erasedBy: tx.tenant.actor.name, ...facts };
    const text = JSON.stringify(certificate);
    const signature = (await signer.sign(Buffer.from(text))).toString('base64');
    const { algorithm, publicKey } = signer;
    await tx.manager.query(
      `insert into erasure_certificate (id, erased_tenant_id, certificate, algorithm, public_key, signature, issued_at)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [id, facts.tenant.id, text, algorithm, publicKey, signature, at],
    );
    const sha256 = createHash('sha256').update(text).digest('hex');
    const rows = facts.tables.reduce((sum, table) => sum + table.rows, 0);
    const { id: approval, proposedBy, approvedBy } = facts.approval;
    const who = { approval, proposedBy: proposedBy.id, approvedBy: approvedBy.id };
    const detail = { stage: 'done', certificate: id, sha256, rows, objects: facts.objects, ...who };
    await audit.append(tx, { action: 'tenant.erase', targetType: 'tenant', targetId: facts.tenant.id, detail });
    return { text, algorithm, publicKey, signature };
  }
}

function personsOf({ id, reason, proposedBy, proposedAt, decision }: ApprovedProposal): ErasureCertificate['approval'] {
  const person = ({ type, id: personId, name }: Actor): CertifiedPerson => ({ type, id: personId, name });
  const approvedAt = decision.at.toISOString();
  return { id, reason, proposedBy: person(proposedBy), proposedAt: proposedAt.toISOString(), approvedBy: person(decision.by), approvedAt };
}

async function isBegun(tx: Tx, approvalId: string): Promise<boolean> {
  const rows = await tx.manager.query<unknown[]>(
    `select from audit_entry where tenant_id = $1 and target_type = 'tenant' and target_id = $2 and action = 'tenant.erase'
     and detail->>'approval' = $3 limit 1`,
    [tx.tenant.tenantId, tx.tenant.tenantId, approvalId],
  );
  return rows.length > 0;
}

async function markedKeys(tx: Tx): Promise<string[]> {
  const tenant = [tx.tenant.tenantId];
  const marks = await tx.manager.query<{ keys: string[] }[]>('select object_keys as keys from erasure_mark where tenant_id = $1', tenant);
  const copies = await tx.manager.query<{ parts: { key: string }[] }[]>(
    'select exports as parts from subject_request where tenant_id = $1 and exports is not null',
    tenant,
  );
  return [...marks.flatMap(({ keys }) => keys), ...copies.flatMap(({ parts }) => parts.map(({ key }) => key))];
}

/** In the database: no row leaves it for its hash. */
async function hashOf(tx: Tx, { name, tenantColumn }: TenantTable): Promise<{ rows: number; sha256: string }> {
  const [row] = await tx.manager.query<{ rows: number; sha256: string }[]>(
    `select count(*)::int as rows, encode(sha256(convert_to(coalesce(string_agg(h.hash, '' order by h.hash), ''), 'UTF8')), 'hex') as sha256
     from (select encode(sha256(convert_to(row_to_json(t)::text, 'UTF8')), 'hex') as hash from "${name}" t where t.${tenantColumn} = $1) h`,
    [tx.tenant.tenantId],
  );
  return row ?? { rows: 0, sha256: '' };
}
