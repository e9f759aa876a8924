import type { RetentionClass } from '@app/contracts';
import type { Tx } from '@app/database';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { ErasureMark, ErasureProof } from './erasure-proof';

const MARK = `class, record_type as "recordType", record_id as "recordId", rule, sha256, object_keys as "objectKeys"`;
const PROOF = `id, class, record_type as "recordType", record_id as "recordId", rule, sha256, object_count as "objectCount", erased_at as "erasedAt"`;

/** Queries of erasures under way and of their proofs. */
@Injectable()
export class ErasureStore {
  async insertMark(tx: Tx, mark: ErasureMark, at: Date): Promise<void> {
    await tx.manager.query(
      `insert into erasure_mark (tenant_id, class, record_type, record_id, rule, sha256, object_keys, marked_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [...placeOf(tx, mark), mark.rule, mark.sha256, JSON.stringify(mark.objectKeys), at],
    );
  }

  /** Marks whose objects are still to be deleted, the oldest first. */
  async marks(tx: Tx, limit: number): Promise<ErasureMark[]> {
    return tx.manager.query<ErasureMark[]>(`select ${MARK} from erasure_mark where tenant_id = $1 order by marked_at, record_id limit $2`, [
      tx.tenant.tenantId,
      limit,
    ]);
  }

  /** False where another run was faster: the mark is gone, and its proof there. */
  async takeMark(tx: Tx, mark: ErasureMark): Promise<boolean> {
    const [rows]: [unknown[], number] = await tx.manager.query(
      `delete from erasure_mark where tenant_id = $1 and class = $2 and record_type = $3 and record_id = $4 returning record_id`,
      placeOf(tx, mark),
    );
    return rows.length > 0;
  }

  async insertProof(tx: Tx, proof: Omit<ErasureProof, 'id'>): Promise<void> {
    await tx.manager.query(
      `insert into erasure_proof (tenant_id, class, record_type, record_id, id, rule, sha256, object_count, erased_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [...placeOf(tx, proof), uuidv7(), proof.rule, proof.sha256, proof.objectCount, proof.erasedAt],
    );
  }

  /** At most `limit` proofs older than the one with the id `before`, newest first. */
  async proofs(tx: Tx, { limit, before }: { limit: number; before?: string | undefined }): Promise<ErasureProof[]> {
    return tx.manager.query<ErasureProof[]>(
      `select ${PROOF} from erasure_proof where tenant_id = $1 and ($2::uuid is null or id < $2) order by id desc limit $3`,
      [tx.tenant.tenantId, before ?? null, limit],
    );
  }
}

function placeOf(tx: Tx, one: { class: RetentionClass; recordType: string; recordId: string }): unknown[] {
  return [tx.tenant.tenantId, one.class, one.recordType, one.recordId];
}
