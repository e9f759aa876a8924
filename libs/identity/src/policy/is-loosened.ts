import { isAddressAllowed } from '@app/tenancy';
import type { SignInPolicy } from './sign-in-policy.entity';

/** What of a policy is compared. */
type Terms = Pick<SignInPolicy, 'secondFactor' | 'networks'>;

/**
 * Whether a policy lets in anybody whom the one before kept out: a second factor that is no longer demanded, a role that is bound no more,
 * or a network that lies in none of the role's before. Networks that only together make up a wider one count as loosened: rather two
 * persons too often than one too few.
 */
export function isLoosened(before: Terms, after: Terms): boolean {
  if (before.secondFactor === 'everybody' && after.secondFactor !== 'everybody') return true;
  return before.networks.some(({ role, networks }) => {
    const bound = after.networks.find((one) => one.role === role);
    return bound === undefined || !bound.networks.every((network) => networks.some((wider) => isWithin(network, wider)));
  });
}

/** Both as `networkOf` writes them. */
function isWithin(network: string, wider: string): boolean {
  const [[address, bits], [widerAddress, widerBits]] = [split(network), split(wider)];
  const isSameKind = address.includes(':') === widerAddress.includes(':');
  return isSameKind && bits >= widerBits && isAddressAllowed(address, [wider]);
}

function split(network: string): [address: string, bits: number] {
  const [address = '', bits] = network.split('/');
  return [address, bits === undefined ? (address.includes(':') ? 128 : 32) : Number(bits)];
}
