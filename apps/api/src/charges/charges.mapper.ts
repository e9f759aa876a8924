import type { ChargePage, ChargeView } from '@app/contracts';
import type { ChargeEntry } from '@app/verification';
import { yuan } from './yuan';

/** A page of the cost ledger as the API shows it. */
export function toChargePage({ items, next }: { items: readonly ChargeEntry[]; next: string | null }): ChargePage {
  return { items: items.map(toChargeView), next };
}

function toChargeView(entry: ChargeEntry): ChargeView {
  const { attemptId, verificationId, provider, outcome, state, priceFen, createdAt } = entry;
  return { attemptId, verificationId, provider, outcome, charge: state, priceYuan: yuan(priceFen), createdAt: createdAt.toISOString() };
}
