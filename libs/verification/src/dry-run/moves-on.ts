import type { FailoverPolicy } from '../policy/verification-policy.entity';
import { nextStep } from '../sending/next-step';
import type { PastCall } from './past-request';

/**
 * Whether, after the calls to the first provider, another one is asked. Supposes that there is another one and that it is well: of what
 * waited for a first call that never was begun, the record says whether it went on.
 */
export function movesOn(calls: readonly PastCall[], failover: FailoverPolicy): boolean {
  const own = calls.filter(({ provider }) => provider === calls[0]?.provider);
  const steps = own.flatMap(({ outcome, charge }, index) => {
    if (outcome === null) return [];
    return [nextStep({ outcome, charge }, { inAll: index + 1, atProvider: index + 1, movedOn: false, failover }).kind];
  });
  if (steps.includes('failover')) return true;
  return own.length < calls.length && steps.at(-1) === 'retry' && failover !== 'off';
}
