import type { ChargePage } from '@app/contracts';
import type { Ledger } from './verifying-product';

/** Our account of the calls beside the provider's: any difference is a lost or a double charge. */
export interface Reckoning {
  /** Calls as the provider counts them, and those it charges. */
  providerCalls: number;
  providerCharged: number;
  /** Bills that the provider was asked for more than once, although each was verified once. */
  askedTwice: number;
  ourCharges: number;
  ourUnknown: number;
  loggedErrors: number;
}

export function reckon(ledger: Ledger, charges: ChargePage['items'], loggedErrors: number): Reckoning {
  return {
    providerCalls: ledger.length,
    providerCharged: ledger.filter(({ charged }) => charged).length,
    askedTwice: ledger.length - new Set(ledger.map(({ billNumber }) => billNumber)).size,
    ourCharges: charges.filter(({ charge }) => charge === 'charged').length,
    ourUnknown: charges.filter(({ charge }) => charge === 'unknown').length,
    loggedErrors,
  };
}

/** Whether no cent was lost or spent twice. */
export function isEven({ providerCharged, askedTwice, ourCharges, ourUnknown, loggedErrors }: Reckoning): boolean {
  return providerCharged === ourCharges && askedTwice === 0 && ourUnknown === 0 && loggedErrors === 0;
}
