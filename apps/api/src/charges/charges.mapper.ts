import type { ChargePage, ChargeView, SettlementView } from '@app/contracts';
import { formatYuan, type LedgerRow, type Settlement } from '@app/verification';

/** A page of the cost ledger as the API shows it. */
export function toChargePage({ items, next }: { items: readonly LedgerRow[]; next: string | null }): ChargePage {
  return { items: items.map(toChargeView), next };
}

function toChargeView({ entry, settlement }: LedgerRow): ChargeView {
  const { attemptId, verificationId, provider, outcome, state, price, createdAt } = entry;
  return {
    attemptId,
    verificationId,
    provider,
    outcome,
    charge: settlement?.charge ?? state,
    priceYuan: formatYuan(settlement?.charge === 'charged' ? settlement.priceHao : price.hao),
    isPlaceholderPrice: price.isPlaceholder,
    createdAt: createdAt.toISOString(),
    settledAt: settlement?.settledAt.toISOString() ?? null,
  };
}

/** A settlement as the API shows it. */
export function toSettlementView(settlement: Settlement): SettlementView {
  const { attemptId, verificationId, charge, source, statement, providerCode, reason, priceHao, settledBy, settledAt } = settlement;
  return {
    ...{ attemptId, verificationId, charge, source, statement, providerCode, reason },
    priceYuan: formatYuan(priceHao),
    settledBy,
    settledAt: settledAt.toISOString(),
  };
}
