import ipaddr from 'ipaddr.js';

/** The network that is slowed down together: one address of IPv4, or the /64 that one subscriber of IPv6 has at will. */
export function callerNetwork(address: string): string {
  if (!ipaddr.isValid(address)) return 'unknown';
  const parsed = ipaddr.process(address);
  if (parsed.kind() === 'ipv4') return parsed.toString();
  const [network] = [ipaddr.IPv6.networkAddressFromCIDR(`${parsed.toNormalizedString().replace(/%.*$/, '')}/64`)];
  return `${network.toString()}/64`;
}
