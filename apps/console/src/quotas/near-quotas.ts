import type { QuotaKind, QuotaState, QuotasView } from '@app/contracts';

/** A bound that is nearly or wholly used up. */
export interface NearQuota {
  readonly kind: QuotaKind;
  readonly used: number;
  readonly limit: number;
  readonly isFull: boolean;
  readonly freeAt: string | null;
}

/** From this part of the bound on a person is told. */
const NEAR = 0.8;

/** Those of the kinds that are near their bound, the fullest first. */
export function nearQuotas({ quotas }: Pick<QuotasView, 'quotas'>, kinds: readonly QuotaKind[]): readonly NearQuota[] {
  return kinds.flatMap((kind) => nearOf(kind, quotas[kind])).sort((one, other) => partOf(other) - partOf(one));
}

function nearOf(kind: QuotaKind, { limit, used, freeAt }: QuotaState): NearQuota[] {
  if (limit === null || used < limit * NEAR) return [];
  return [{ kind, used, limit, isFull: used >= limit, freeAt }];
}

const partOf = ({ used, limit }: NearQuota): number => (limit === 0 ? Infinity : used / limit);
