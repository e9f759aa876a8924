import { AuditLog } from '@app/audit';
import type { ProcessingBasis } from '@app/contracts';
import type { Tx } from '@app/database';
import { Keyring, type SealPlace } from '@app/keyring';
import { Injectable } from '@nestjs/common';

/** What a basis was given for: an upload, an archive, a verification, a batch of verifications; in the audit's words. */
export type BasisTarget = 'receipt' | 'batch' | 'verification' | 'verificationBatch';

/** A basis, and what it was given for. */
export interface KeptBasis extends ProcessingBasis {
  targetType: BasisTarget;
  targetId: string;
  givenAt: Date;
}

type Row = Pick<KeptBasis, 'targetType' | 'targetId' | 'givenAt'> & { sealed: Buffer };

const FIELDS = 'b.target_type as "targetType", b.target_id as "targetId", b.created_at as "givenAt", b.basis_sealed as sealed';
const OF_BILL = `select ${FIELDS} from processing_basis b where b.tenant_id = $1 and (
  (b.target_type = 'receipt' and b.target_id = any($2::uuid[]))
  or (b.target_type = 'batch' and b.target_id in (select r.batch_id from receipt r where r.tenant_id = $1 and r.id = any($2::uuid[])))
  or (b.target_type = 'verification' and b.target_id = any($3::uuid[]))
  or (b.target_type = 'verificationBatch' and b.target_id in (
    select w.batch_id from verification_batch_row w where w.tenant_id = $1 and w.verification_id = any($3::uuid[]))))
  order by b.created_at, b.target_id`;

/** Keeps consent references and purposes of processing, sealed: people write names into them. The audit knows only which of the two was given. */
@Injectable()
export class ProcessingBases {
  constructor(
    private readonly keyring: Keyring,
    private readonly audit: AuditLog,
  ) {}

  /** In the transaction that takes what it was given for. Nothing where nothing was given. */
  async keep(tx: Tx, targetType: BasisTarget, targetId: string, basis: ProcessingBasis | undefined): Promise<void> {
    if (basis === undefined) return;
    const sealed = await this.keyring.seal(tx, basisPlace({ targetType, targetId }), Buffer.from(JSON.stringify(basis)));
    await tx.manager.query(
      'insert into processing_basis (tenant_id, target_type, target_id, basis_sealed, created_at) values ($1, $2, $3, $4, now())',
      [tx.tenant.tenantId, targetType, targetId, sealed],
    );
    const detail = { consentReference: basis.consentReference !== null, processingPurpose: basis.processingPurpose !== null };
    await this.audit.append(tx, { action: 'basis.record', targetType, targetId, detail });
  }

  /** All that was given for these receipts and verifications, and for the archives and batches they came in. Oldest first. */
  async of(tx: Tx, { receipts, verifications }: { receipts: readonly string[]; verifications: readonly string[] }): Promise<KeptBasis[]> {
    const rows = await tx.manager.query<Row[]>(OF_BILL, [tx.tenant.tenantId, receipts, verifications]);
    const kept: KeptBasis[] = [];
    for (const { sealed, ...target } of rows) {
      const basis = JSON.parse((await this.keyring.open(tx, basisPlace(target), sealed)).toString()) as ProcessingBasis;
      kept.push({ ...target, ...basis });
    }
    return kept;
  }
}

/** Where a basis is sealed. */
export const basisPlace = ({ targetType, targetId }: { targetType: string; targetId: string }): SealPlace => ({
  dataClass: 'personal',
  purpose: 'processing_basis',
  rowId: `${targetType}/${targetId}`,
});
