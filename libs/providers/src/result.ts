import type { ProviderResult } from './dialect';

/** A reply that reached us but could not be understood: the call may have been charged, so the charge is unknown. */
export function unreadableReply(): ProviderResult {
  return {
    outcome: 'PROVIDER_ERROR',
    charge: 'unknown',
    providerCode: null,
    providerMessage: null,
    providerTaskNumber: null,
    providerBillType: null,
    face: null,
    detailUrl: null,
    alerts: ['unreadableReply'],
  };
}

/** Whether a server says that it did what it was asked. No green light comes with an error page, whatever code stands in it. */
export function isSuccessStatus(httpStatus: number): boolean {
  return httpStatus >= 200 && httpStatus <= 299;
}
