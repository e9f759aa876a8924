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
