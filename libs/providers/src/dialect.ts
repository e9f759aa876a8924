import type { Charge, Elements, Outcome, ProviderFace, ProviderId } from '@app/contracts';
import type { z } from 'zod';

/** One upstream request as the provider's document prints it: everything that leaves, and nothing else. */
export interface EncodedRequest {
  method: 'POST';
  /** Absolute path on the provider's origin; never a query, which would put elements into access logs. */
  path: string;
  headers: Readonly<Record<string, string>>;
  body: Buffer;
}

/** The provider's reply as it came off the wire. */
export interface UpstreamReply {
  httpStatus: number;
  contentType: string;
  body: Uint8Array;
}

/** What a person must hear about although the reply was understood, or because it was not. */
export type ProviderAlert =
  | 'unreadableReply'
  | 'unknownCode'
  | 'sameDayBill'
  | 'unexpectedHttpStatus'
  | 'chargeContradictsCode'
  | 'unreadableCharge'
  | 'matchWithoutFace'
  | 'unknownReversedFlag'
  | 'contradictoryReversal'
  | 'unknownAccountedFlag'
  | 'unknownPrintedFlag'
  | 'unreadableVerificationCount'
  | 'unreadableList';

/** A reply in the canonical vocabulary; whatever was not understood is UNKNOWN_CODE or PROVIDER_ERROR, never a verdict. */
export interface ProviderResult {
  outcome: Outcome;
  charge: Charge;
  providerCode: string | null;
  providerMessage: string | null;
  providerTaskNumber: string | null;
  providerBillType: string | null;
  face: ProviderFace | null;
  /** Holds all five elements and a bearer token: store encrypted, mask, never fetch. */
  detailUrl: string | null;
  alerts: ProviderAlert[];
}

/** One row of a provider's code table. */
export interface CodeEntry {
  outcome: Outcome;
  charge: Charge;
  /** The provider's own words for the code; shown when its reply has none. */
  message: string;
  alert?: ProviderAlert;
}

/** Both directions of the client's side of one provider's protocol; pure, so egress encodes and the worker decodes. */
export interface ProviderDialect<Credentials> {
  readonly id: ProviderId;
  /** Shape of the account's credentials; they are in the providers file of egress and nowhere else. */
  readonly credentials: z.ZodType<Credentials>;
  encodeRequest(credentials: Credentials, elements: Elements, now: Date): EncodedRequest;
  decodeReply(reply: UpstreamReply): ProviderResult;
}
