import type { Charge, Elements, Origin, Outcome, ProviderId, RefusalCode } from '@app/contracts';

/** A call of a past request, and what came of it. */
export interface PastCall {
  provider: ProviderId;
  /** The Shanghai day as which it counts. */
  day: string;
  /** Null while it is under way. */
  outcome: Outcome | null;
  /** As settled, where it was. */
  charge: Charge;
  /** What it costs if it is charged, in 毫. */
  hao: bigint;
}

/** A past request as far as rules look at it; nothing of it is sealed. */
export interface PastRequest {
  id: string;
  at: Date;
  elements: Pick<Elements, 'billCode' | 'issueDate' | 'totalAmount'>;
  elementsHash: string;
  /** Who was asked first, or would have been. */
  provider: ProviderId;
  /** Null where this was not noted. */
  isProviderNamed: boolean | null;
  origin: Origin;
  /** Whose answer it was given. */
  sourceId: string | null;
  refusal: RefusalCode | null;
  /** In their order. */
  calls: readonly PastCall[];
}
