import type { ApiConfig } from '@app/config';

/** How the endpoints that speak a provider's dialect behave. */
export interface DropInSettings {
  /** How long a call is held open for its result. */
  waitSeconds: number;
  /** Calls that one credential may make in a second, on average; twice as many at once. */
  callsPerSecond: number;
  allowJumdataGet: boolean;
  netocrMirrorStatus: boolean;
  netocrListsAsString: boolean;
}

/** Injection token of `DropInSettings`. */
export const DROP_IN_SETTINGS = Symbol('DROP_IN_SETTINGS');

/** The settings as the operator gave them. */
export function dropInSettings(config: ApiConfig): DropInSettings {
  return {
    waitSeconds: config.PIAOYAN_DROP_IN_WAIT_SECONDS,
    callsPerSecond: config.PIAOYAN_DROP_IN_CALLS_PER_SECOND,
    allowJumdataGet: config.PIAOYAN_DROP_IN_JUMDATA_GET,
    netocrMirrorStatus: config.PIAOYAN_DROP_IN_NETOCR_MIRROR_STATUS,
    netocrListsAsString: config.PIAOYAN_DROP_IN_NETOCR_LISTS_AS_STRING,
  };
}
