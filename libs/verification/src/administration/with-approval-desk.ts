import { approvalsFor, type DangerousAct, type Deciders, NoDeciders, OperatorApprovals } from '@app/approvals';
import { AuditEntry, AuditLog } from '@app/audit';
import { type Actor, assertRoleIsBound, assertSchemaKnown, createDataSource, type TenantContext, UnitOfWork } from '@app/database';
import { createKeyring, type Keyring, type KeyringOptions } from '@app/keyring';
import { BillSecrets, BillStore, Bookings, BookingStore, UnbookingAct } from '@app/receipts';
import { Tenant, TenantNotFoundError } from '@app/tenancy';
import type { DataSource } from 'typeorm';
import { Attempt } from '../attempt.entity';
import { AttemptStore } from '../attempt.store';
import { BillDayCount } from '../bill-day-count.store';
import { ChargeEntry } from '../charges/charge.entity';
import { ChargeStore } from '../charges/charge.store';
import { SettlementAct } from '../charges/settlement/settlement.act';
import { SettlementStore } from '../charges/settlement/settlement.store';
import { Settlements } from '../charges/settlement/settlements.service';
import { SettledVerifications } from '../followers/settled-verifications';
import { PolicyChangeAct } from '../policy/policy-change.act';
import { PolicyChanges } from '../policy/policy-changes';
import { PolicyStore } from '../policy/policy.store';
import { VerificationPolicy } from '../policy/verification-policy.entity';
import type { ListenersOf } from '../reconciliation/with-charge-desk';
import { Verification } from '../verification.entity';
import { VerificationSecrets } from '../verification-secrets';
import { VerificationStore } from '../verification.store';

/** How the owner's database is reached, and who else hears of what approved acts change. */
export interface ApprovalDeskOptions {
  ownerUrl: string;
  applicationName: string;
  deciders?: Deciders;
  /** What the acts open and seal with. */
  keys: KeyringOptions;
  listenersOf?: ListenersOf;
  /** Acts of other rooms, with what they seal and open by. */
  actsOf?: (keyring: Keyring) => readonly DangerousAct<object>[];
}

/** The proposals of one tenant, for its operator. */
export interface ApprovalDesk {
  approvals: OperatorApprovals;
  unitOfWork: UnitOfWork;
  /** @throws TenantNotFoundError */
  tenant(actor: Actor, name: string): Promise<TenantContext>;
}

/** Opens the database as its owner for one look at proposals, or one decision, at the command line. */
export async function withApprovalDesk<T>(options: ApprovalDeskOptions, work: (desk: ApprovalDesk) => Promise<T>): Promise<T> {
  const { ownerUrl: url, applicationName } = options;
  const entities = [Tenant, AuditEntry, Verification, Attempt, ChargeEntry, VerificationPolicy];
  const dataSource = await createDataSource({ url, applicationName, entities, poolSize: 1 }).initialize();
  try {
    await assertRoleIsBound(dataSource);
    await assertSchemaKnown(dataSource);
    return await work({
      approvals: await operatorApprovals(dataSource, options),
      unitOfWork: new UnitOfWork(dataSource),
      tenant: (actor, name) => tenantOf(dataSource, actor, name),
    });
  } finally {
    await dataSource.destroy();
  }
}

async function operatorApprovals(
  dataSource: DataSource,
  { keys, deciders, listenersOf = () => [], actsOf = () => [] }: ApprovalDeskOptions,
): Promise<OperatorApprovals> {
  const unitOfWork = new UnitOfWork(dataSource);
  const audit = new AuditLog();
  const keyring = await createKeyring({ dataSource, unitOfWork }, keys);
  const verifications = new VerificationStore(new VerificationSecrets(keyring));
  const stores = [new AttemptStore(keyring), new ChargeStore(), new SettlementStore(verifications), new BillDayCount()] as const;
  const settled = new SettledVerifications(listenersOf(keyring));
  const bills = new BillSecrets(keyring);
  const own = [
    new PolicyChangeAct(new PolicyChanges(new PolicyStore(), audit)),
    new SettlementAct(new Settlements(unitOfWork, verifications, ...stores, settled, audit)),
    new UnbookingAct(new Bookings(unitOfWork, new BillStore(bills), new BookingStore(), audit, bills)),
  ];
  return new OperatorApprovals(unitOfWork, approvalsFor(unitOfWork, [...own, ...actsOf(keyring)]), deciders ?? new NoDeciders());
}

async function tenantOf(dataSource: DataSource, actor: Actor, name: string): Promise<TenantContext> {
  const tenant = await dataSource.manager.findOneBy(Tenant, { name });
  if (tenant === null) throw new TenantNotFoundError(name);
  return { tenantId: tenant.id, actor };
}
