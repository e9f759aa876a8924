import type { ProviderId } from '@app/contracts';
import { KeptByTenant, serialize, type Tx } from '@app/database';
import { Injectable } from '@nestjs/common';
import { isOpenIn, type ProviderEntry } from './provider-entry';

const MOST_HISTORY = 100;

/** The tenants' registers of providers. Entries are only added; a change is known everywhere a second later. */
@Injectable()
export class ProviderRegisterStore {
  private readonly kept = new KeptByTenant<ReadonlyMap<ProviderId, ProviderEntry>>();

  /** Whether the transaction's tenant may ask the provider, at most a second old. */
  async isOpen(tx: Tx, provider: ProviderId): Promise<boolean> {
    return isOpenIn(await this.kept.get(tx, () => this.standing(tx)), provider);
  }

  /** The entries that stand, by provider. */
  async standing(tx: Tx): Promise<Map<ProviderId, ProviderEntry>> {
    const rows: Row[] = await tx.manager.query(
      `select ${COLUMNS} from provider_entry e where tenant_id = $1 and version =
         (select max(o.version) from provider_entry o where o.tenant_id = e.tenant_id and o.provider = e.provider)
       order by provider`,
      [tx.tenant.tenantId],
    );
    return new Map(rows.map((row) => [row.provider, toEntry(row)]));
  }

  /** All versions, newest first, at most a hundred. */
  async history(tx: Tx): Promise<ProviderEntry[]> {
    const rows: Row[] = await tx.manager.query(
      `select ${COLUMNS} from provider_entry where tenant_id = $1 order by set_at desc, provider, version desc limit ${MOST_HISTORY}`,
      [tx.tenant.tenantId],
    );
    return rows.map(toEntry);
  }

  /** Lets no other transaction change the tenant's register until this one ends. */
  async holdChanges(tx: Tx): Promise<void> {
    await serialize(tx, 'provider register');
  }

  async add(tx: Tx, { provider, version, state, terms, reason, approvalId, proposedBy, setBy, setAt }: ProviderEntry): Promise<void> {
    await tx.manager.query(
      `insert into provider_entry (tenant_id, provider, version, state, purpose, contract_reference, agreement_reference, reason, approval_id,
         proposed_by, set_by, set_by_name, set_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
      [
        ...[tx.tenant.tenantId, provider, version, state],
        ...[terms?.purpose ?? null, terms?.contractReference ?? null, terms?.agreementReference ?? null],
        ...[reason, approvalId, proposedBy, setBy.id, setBy.name, setAt],
      ],
    );
    this.kept.forget(tx);
  }
}

const COLUMNS = `provider, version, state, purpose, contract_reference, agreement_reference, reason, approval_id, proposed_by, set_by,
  set_by_name, set_at`;

interface Row {
  provider: ProviderId;
  version: number;
  state: ProviderEntry['state'];
  purpose: string | null;
  contract_reference: string | null;
  agreement_reference: string | null;
  reason: string;
  approval_id: string | null;
  proposed_by: string | null;
  set_by: string;
  set_by_name: string;
  set_at: Date;
}

function toEntry(row: Row): ProviderEntry {
  const { provider, version, state, purpose, contract_reference: contract, agreement_reference: agreement, reason } = row;
  const isAgreed = purpose !== null && contract !== null && agreement !== null;
  return {
    ...{ provider, version, state, reason },
    terms: isAgreed ? { purpose, contractReference: contract, agreementReference: agreement } : null,
    approvalId: row.approval_id,
    proposedBy: row.proposed_by,
    setBy: { id: row.set_by, name: row.set_by_name },
    setAt: row.set_at,
  };
}
