import { ProviderId, type ProviderRegisterView } from '@app/contracts';

/**
 * The providers that close with the first entry of a register, beside the one that it is of: a tenant with a register asks none that it did not
 * open. None once there is an entry.
 */
export function othersClosing(register: Pick<ProviderRegisterView, 'items'>, provider: ProviderId): readonly ProviderId[] {
  return register.items.length > 0 ? [] : ProviderId.options.filter((other) => other !== provider);
}
