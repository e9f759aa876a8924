import type { Elements } from '@app/contracts';
import { type TenantContext, type Tx, UnitOfWork } from '@app/database';
import type { Keyring } from '@app/keyring';
import type { ElementsHasher } from '../elements-hasher';
import { providerReplyPlace } from '../sending/attempt-ends.store';
import type { VerificationStore } from '../verification.store';
import type { VerificationDetail, Verifications } from '../verifications.service';

/** A provider's reply as it came. */
export interface RawReply {
  attemptId: string;
  httpStatus: number;
  contentType: string;
  body: Buffer;
  receivedAt: Date;
}

/** What calls cost, in 毫 (a hundredth of 分), and how doubts were settled; as the ledger of charges has it. */
export interface ChargeRecord {
  attemptId: string;
  provider: string;
  outcome: string;
  charge: string;
  priceHao: string | null;
  at: Date;
  settled: { charge: string; source: string; reason: string | null; by: string; at: Date } | null;
}

/** A version of the tenant's own rules, and who approved it. */
export interface RulesOfTenant {
  version: number;
  provider: string | null;
  failover: string;
  dailyQuota: number | null;
  monthlyBudgetFen: string | null;
  settlementLimitFen: string | null;
  onImplausible: string;
  reason: string | null;
  approvalId: string | null;
  proposedBy: string | null;
  setBy: string;
  setAt: Date;
}

/** No bill has more that are of use to anybody. */
const MOST = 200;

/** All that was asked about one bill: for evidence, whose making is on record elsewhere. */
export class BillVerifications {
  constructor(
    private readonly parts: {
      unitOfWork: UnitOfWork;
      store: VerificationStore;
      verifications: Verifications;
      keyring: Keyring;
      hasher: ElementsHasher;
    },
  ) {}

  /** Oldest first, at most 200. */
  async ofBill(tenant: TenantContext, bill: Pick<Elements, 'billCode' | 'billNumber'>): Promise<VerificationDetail[]> {
    const { unitOfWork, store, verifications, hasher } = this.parts;
    const ids = await unitOfWork.run(tenant, (tx) => store.idsOfBill(tx, hasher.ofBill(bill), MOST));
    const all: VerificationDetail[] = [];
    for (const id of ids) all.push(await verifications.get(tenant, id));
    return all;
  }

  async replies(tx: Tx, attemptIds: readonly string[]): Promise<RawReply[]> {
    const rows = await tx.manager.query<(Omit<RawReply, 'body'> & { sealed: Buffer })[]>(
      `select attempt_id as "attemptId", http_status as "httpStatus", content_type as "contentType", body_sealed as sealed,
         created_at as "receivedAt" from provider_reply where tenant_id = $1 and attempt_id = any($2::uuid[]) order by attempt_id`,
      [tx.tenant.tenantId, attemptIds],
    );
    const all: RawReply[] = [];
    for (const { sealed, ...reply } of rows) {
      all.push({ ...reply, body: await this.parts.keyring.open(tx, providerReplyPlace(reply.attemptId), sealed) });
    }
    return all;
  }

  /** The tenant's rules by which these were taken; version 0, the defaults, has no row. */
  async rulesOf(tx: Tx, verifications: readonly VerificationDetail[]): Promise<RulesOfTenant[]> {
    const versions = verifications.flatMap(({ verification: { policyVersion } }) => (policyVersion === null ? [] : [policyVersion]));
    return tx.manager.query(
      `select version, provider, failover, daily_quota as "dailyQuota", monthly_budget_fen::text as "monthlyBudgetFen",
         settlement_limit_fen::text as "settlementLimitFen", on_implausible as "onImplausible", reason, approval_id as "approvalId",
         proposed_by as "proposedBy", set_by as "setBy", set_at as "setAt"
       from verification_policy_version where tenant_id = $1 and version = any($2::integer[]) order by version`,
      [tx.tenant.tenantId, versions],
    );
  }

  async charges(tx: Tx, attemptIds: readonly string[]): Promise<ChargeRecord[]> {
    return tx.manager.query(
      `select c.attempt_id as "attemptId", c.provider, c.outcome, c.state as charge, c.price_hao::text as "priceHao", c.created_at as at,
         case when s.attempt_id is null then null else json_build_object('charge', s.charge, 'source', s.source, 'reason', s.reason,
           'by', s.settled_by, 'at', s.settled_at) end as settled
       from charge c left join charge_settlement s on s.tenant_id = c.tenant_id and s.attempt_id = c.attempt_id
       where c.tenant_id = $1 and c.attempt_id = any($2::uuid[]) order by c.attempt_id`,
      [tx.tenant.tenantId, attemptIds],
    );
  }
}
