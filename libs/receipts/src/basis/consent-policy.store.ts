import { KeptByTenant, type Tx } from '@app/database';
import { Injectable } from '@nestjs/common';
import { type ConsentPolicy, NO_CONSENT_POLICY } from './consent-policy';

interface PolicyRow {
  version: number;
  demandsReference: boolean;
  defaultReference: string | null;
  defaultPurpose: string | null;
  setBy: string;
  setByName: string;
  setAt: Date;
}

/** By database, since several rooms have a store of their own and all are to hear of a change. */
const KEPT = new WeakMap<object, KeptByTenant<ConsentPolicy>>();

/** Queries of consent policies. Versions are added, never changed: each basis that was filled from one names it. */
@Injectable()
export class ConsentPolicyStore {
  /** The policy of the transaction's tenant, at most a second old: it is asked for with every verification, and seldom changes. */
  async current(tx: Tx): Promise<ConsentPolicy> {
    return keptOf(tx).get(tx, () => this.stored(tx));
  }

  /** The newest version as it stands. */
  async stored(tx: Tx): Promise<ConsentPolicy> {
    const [row] = await tx.manager.query<PolicyRow[]>(
      `select version, demands_reference as "demandsReference", default_reference as "defaultReference", default_purpose as "defaultPurpose",
         set_by as "setBy", set_by_name as "setByName", set_at as "setAt"
       from consent_policy where tenant_id = $1 order by version desc limit 1`,
      [tx.tenant.tenantId],
    );
    if (row === undefined) return NO_CONSENT_POLICY;
    const { setBy, setByName, ...policy } = row;
    return { ...policy, setBy: { id: setBy, name: setByName } };
  }

  /** Adds the next version. */
  async insert(tx: Tx, { version, demandsReference, defaultReference, defaultPurpose, setBy, setAt }: ConsentPolicy): Promise<void> {
    const { tenantId } = tx.tenant;
    await tx.manager.query(
      `insert into consent_policy (tenant_id, version, demands_reference, default_reference, default_purpose, set_by, set_by_name, set_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [tenantId, version, demandsReference, defaultReference, defaultPurpose, setBy?.id, setBy?.name, setAt],
    );
    keptOf(tx).forget(tx);
  }
}

function keptOf({ manager: { dataSource } }: Tx): KeptByTenant<ConsentPolicy> {
  const kept = KEPT.get(dataSource) ?? new KeptByTenant<ConsentPolicy>();
  KEPT.set(dataSource, kept);
  return kept;
}
