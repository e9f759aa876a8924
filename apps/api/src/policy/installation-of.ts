import type { ApiConfig } from '@app/config';
import type { Installation } from '@app/verification';
import { limitInHao } from '../charges/settlement-limit';

/** What requests are decided by where a tenant's rules say nothing, as this process is set up. */
export function installationOf(config: ApiConfig): Installation {
  return {
    defaultProvider: config.PIAOYAN_DEFAULT_PROVIDER,
    providerRules: {
      netocr: config.PIAOYAN_NETOCR_WINDOW,
      jumdata: config.PIAOYAN_JUMDATA_WINDOW,
      generic: config.PIAOYAN_GENERIC_WINDOW,
    },
    settlementCeilingHao: limitInHao(config.PIAOYAN_SETTLEMENT_LIMIT_YUAN),
  };
}
