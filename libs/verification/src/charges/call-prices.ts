import type { ProviderId } from '@app/contracts';

/** Price of one charged call in 分, by provider. */
export type CallPrices = Readonly<Record<ProviderId, bigint>>;

/** Placeholder prices until the bank's contract is entered: neither provider publishes one for fiscal bills, so the ledger counts 0.50 yuan a call. */
export const DEFAULT_CALL_PRICES: CallPrices = { netocr: 50n, jumdata: 50n, generic: 50n };
