import { AuditLog } from '@app/audit';
import { ProblemError, type ProcessingBasis } from '@app/contracts';
import type { Tx } from '@app/database';
import { Keyring, type SealPlace } from '@app/keyring';
import { Injectable } from '@nestjs/common';
import { ConsentPolicyStore } from './consent-policy.store';
import { type RecordedBasis, recordedBasis } from './recorded-basis';

/** What a basis was given for: an upload, an archive, a verification, a batch of verifications; in the audit's words. */
export type BasisTarget = 'receipt' | 'batch' | 'verification' | 'verificationBatch';

/** A basis, and what it was given for. */
export interface KeptBasis extends RecordedBasis {
  targetType: BasisTarget;
  targetId: string;
  givenAt: Date;
}

/** What bases are asked for of; ids. */
export interface BasesOf {
  receipts?: readonly string[];
  verifications?: readonly string[];
  verificationBatches?: readonly string[];
}

type Row = Omit<KeptBasis, 'consentReference' | 'processingPurpose'> & { sealed: Buffer };

const COLUMNS = `select b.target_type as "targetType", b.target_id as "targetId", b.created_at as "givenAt", b.basis_sealed as sealed,
  b.reference_is_default as "isReferenceDefault", b.purpose_is_default as "isPurposeDefault", b.policy_version as "policyVersion"`;
/** One branch for each target, so that each is found by the key. */
const FOUND = `${COLUMNS} from (
    select 'receipt' as type, unnest($2::uuid[]) as id
    union select 'batch', r.batch_id from receipt r where r.tenant_id = $1 and r.id = any($2::uuid[])
    union select 'verification', unnest($3::uuid[])
    union select 'verificationBatch', w.batch_id from verification_batch_row w where w.tenant_id = $1 and w.verification_id = any($3::uuid[])
    union select 'verificationBatch', unnest($4::uuid[])
  ) asked
  join processing_basis b on b.tenant_id = $1 and b.target_type = asked.type and b.target_id = asked.id
  order by b.created_at, b.target_id`;

/** Keeps consent references and purposes of processing, sealed: people write names into them. The audit knows only which of the two was given. */
@Injectable()
export class ProcessingBases {
  constructor(
    private readonly keyring: Keyring,
    private readonly audit: AuditLog,
    private readonly policies: ConsentPolicyStore,
  ) {}

  /**
   * Refuses what brings no consent reference where the tenant demands one. A default never meets a demand. Something that is done with a
   * receipt, or by a batch, may stand on the reference that came with these.
   * @throws ProblemError `consent-reference-required`
   */
  async assertGiven(tx: Tx, basis: ProcessingBasis | undefined, standsOn: BasesOf = {}): Promise<void> {
    if (typeof basis?.consentReference === 'string') return;
    if (!(await this.policies.current(tx)).demandsReference) return;
    const known = await this.of(tx, standsOn);
    if (!known.some(({ consentReference, isReferenceDefault }) => consentReference !== null && !isReferenceDefault))
      throw new ProblemError('consent-reference-required');
  }

  /**
   * In the transaction that takes what it was given for; the tenant's defaults stand where the request says nothing. Nothing is kept where
   * neither says anything, or where nothing was given and what it stands on has a basis already.
   */
  async keep(
    tx: Tx,
    { targetType, targetId, standsOn }: { targetType: BasisTarget; targetId: string; standsOn?: BasesOf },
    given: ProcessingBasis | undefined,
  ): Promise<void> {
    const basis = recordedBasis(given, await this.policies.current(tx));
    if (basis === null) return;
    if (given === undefined && standsOn !== undefined && (await this.of(tx, standsOn)).length > 0) return;
    const { isReferenceDefault, isPurposeDefault, policyVersion, ...said } = basis;
    const sealed = await this.keyring.seal(tx, basisPlace({ targetType, targetId }), Buffer.from(JSON.stringify(said)));
    await tx.manager.query(
      `insert into processing_basis
         (tenant_id, target_type, target_id, basis_sealed, reference_is_default, purpose_is_default, policy_version, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, now())`,
      [tx.tenant.tenantId, targetType, targetId, sealed, isReferenceDefault, isPurposeDefault, policyVersion],
    );
    const has = { consentReference: said.consentReference !== null, processingPurpose: said.processingPurpose !== null };
    const defaults = policyVersion !== null && { isReferenceDefault, isPurposeDefault, policyVersion };
    await this.audit.append(tx, { action: 'basis.record', targetType, targetId, detail: { ...has, ...defaults } });
  }

  /** Whether just this was given for it, apart from what the tenant's policy said. Of what was erased nobody knows any more. */
  async isGiven(
    tx: Tx,
    { targetType, targetId }: Pick<KeptBasis, 'targetType' | 'targetId'>,
    basis: ProcessingBasis | undefined,
  ): Promise<boolean> {
    const [row] = await tx.manager.query<Row[]>(
      `${COLUMNS} from processing_basis b where b.tenant_id = $1 and b.target_type = $2 and b.target_id = $3`,
      [tx.tenant.tenantId, targetType, targetId],
    );
    const kept = row === undefined ? undefined : await this.opened(tx, row);
    const reference = kept === undefined || kept.isReferenceDefault ? null : kept.consentReference;
    const purpose = kept === undefined || kept.isPurposeDefault ? null : kept.processingPurpose;
    return reference === (basis?.consentReference ?? null) && purpose === (basis?.processingPurpose ?? null);
  }

  /** All that was given for these, and for the archives and batches that receipts and verifications came in. Oldest first. */
  async of(tx: Tx, { receipts = [], verifications = [], verificationBatches = [] }: BasesOf): Promise<KeptBasis[]> {
    if (receipts.length + verifications.length + verificationBatches.length === 0) return [];
    const rows = await tx.manager.query<Row[]>(FOUND, [tx.tenant.tenantId, receipts, verifications, verificationBatches]);
    const kept: KeptBasis[] = [];
    for (const row of rows) kept.push(await this.opened(tx, row));
    return kept;
  }

  private async opened(tx: Tx, { sealed, ...row }: Row): Promise<KeptBasis> {
    const said = JSON.parse((await this.keyring.open(tx, basisPlace(row), sealed)).toString()) as ProcessingBasis;
    return { ...row, ...said };
  }
}

/** Where a basis is sealed. */
export const basisPlace = ({ targetType, targetId }: { targetType: string; targetId: string }): SealPlace => ({
  dataClass: 'personal',
  purpose: 'processing_basis',
  rowId: `${targetType}/${targetId}`,
});
