import type { AuditLog } from '@app/audit';
import type { Actor, UnitOfWork } from '@app/database';
import type { CallPrices, ContractPrice } from './call-prices.store';
import { inEachTenant } from './each-tenant';
import type { TenantDirectory } from './tenant-directory';
import { formatYuan } from './yuan';

/** Enters prices of the contracts with providers, as the owner. */
export class ContractPrices {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tenants: TenantDirectory,
    private readonly prices: CallPrices,
    private readonly audit: AuditLog,
  ) {}

  /** From that day on; calls that were counted already keep their price. Every tenant's audit tells it. */
  async set(actor: Actor, price: ContractPrice): Promise<void> {
    const tenants = await this.tenants.all();
    const [first] = tenants;
    if (first === undefined) return;
    await this.unitOfWork.run({ tenantId: first.id, actor }, async (tx) => {
      await this.prices.add(tx, price);
      await inEachTenant(
        tx,
        tenants.map(({ id }) => id),
        (each) =>
          this.audit.append(each, {
            action: 'callPrice.set',
            targetType: 'provider',
            targetId: price.provider,
            detail: { priceYuan: formatYuan(price.hao), validFrom: price.validFrom },
          }),
      );
    });
  }
}
