import { AuditEntry, AuditLog } from '@app/audit';
import { assertRoleIsBound, assertSchemaKnown, createDataSource, type Entities, UnitOfWork } from '@app/database';
import { createKeyring, type Keyring, type KeyringOptions } from '@app/keyring';
import type { DataSource } from 'typeorm';
import { Attempt } from '../attempt.entity';
import { AttemptStore } from '../attempt.store';
import { BillDayCount } from '../bill-day-count.store';
import { CallPrices } from '../charges/call-prices.store';
import { ChargeEntry } from '../charges/charge.entity';
import { ChargeStore } from '../charges/charge.store';
import { ContractPrices } from '../charges/contract-prices.service';
import { CostOverview } from '../charges/cost-overview.service';
import { CostReadModel } from '../charges/cost.read-model';
import { SettlementStore } from '../charges/settlement/settlement.store';
import { Settlements } from '../charges/settlement/settlements.service';
import { TenantDirectory } from '../charges/tenant-directory';
import { ElementsHasher } from '../elements-hasher';
import { type SettlementListener, SettledVerifications } from '../followers/settled-verifications';
import { Verification } from '../verification.entity';
import { VerificationSecrets } from '../verification-secrets';
import { VerificationStore } from '../verification.store';
import { Reconciliation } from './reconciliation.service';
import { ReconciliationStore } from './reconciliation.store';

/** Who else hears of verifications that reconciliation settles, in its transaction. */
export type ListenersOf = (keyring: Keyring) => readonly SettlementListener[];

/** What an operator does with the costs of all tenants. */
export interface ChargeDesk {
  /** Compares calls with a statement, for which their elements must be opened. */
  reconciliation(keys: KeyringOptions, listenersOf?: ListenersOf): Promise<Reconciliation>;
  prices: ContractPrices;
  costs: CostOverview;
}

/** How the owner's database is reached. */
export interface ChargeDeskOptions {
  ownerUrl: string;
  hashKey: string;
  applicationName: string;
  /** Entities that the listeners need. */
  entities?: Entities;
}

/** Opens the database as its owner for one piece of work on costs, such as a comparison at the command line. */
export async function withChargeDesk<T>(options: ChargeDeskOptions, work: (desk: ChargeDesk) => Promise<T>): Promise<T> {
  const { ownerUrl: url, applicationName } = options;
  const entities = [AuditEntry, Verification, Attempt, ChargeEntry, ...(options.entities ?? [])];
  const dataSource = await createDataSource({ url, applicationName, entities, poolSize: 1 }).initialize();
  try {
    await assertRoleIsBound(dataSource);
    await assertSchemaKnown(dataSource);
    return await work(chargeDesk(dataSource, options));
  } finally {
    await dataSource.destroy();
  }
}

function chargeDesk(dataSource: DataSource, { hashKey }: ChargeDeskOptions): ChargeDesk {
  const unitOfWork = new UnitOfWork(dataSource);
  const audit = new AuditLog();
  const tenants = new TenantDirectory(dataSource);
  return {
    async reconciliation(keys, listenersOf = () => []) {
      const keyring = await createKeyring({ dataSource, unitOfWork }, keys);
      const secrets = new VerificationSecrets(keyring);
      const verifications = new VerificationStore(secrets);
      const stores = [new AttemptStore(keyring), new ChargeStore(), new SettlementStore(verifications), new BillDayCount()] as const;
      const settled = new SettledVerifications(listenersOf(keyring));
      const settlements = new Settlements(unitOfWork, verifications, ...stores, settled, audit);
      return new Reconciliation(unitOfWork, tenants, new ReconciliationStore(secrets), settlements, new ElementsHasher(hashKey), audit);
    },
    prices: new ContractPrices(unitOfWork, tenants, new CallPrices(), audit),
    costs: new CostOverview(unitOfWork, tenants, new CostReadModel()),
  };
}
