import ipaddr from 'ipaddr.js';
import { isIP } from 'node:net';

/** `private` addresses need the operator's explicit word; `forbidden` ones nobody can allow. */
export type AddressKind = 'public' | 'private' | 'forbidden';

/** Metadata and platform services of clouds that lie outside of the link-local range: Google on IPv6, Alibaba, Oracle, Azure. */
const PLATFORM_SERVICES: ReadonlySet<string> = new Set(['fd20:ce::254', '100.100.100.200', '192.0.0.192', '168.63.129.16']);
/** Where AWS has metadata, the credentials of pods, time and names on IPv6. */
const PLATFORM_NETWORK = 'fd00:ec2::/32';
const PRIVATE: ReadonlySet<string> = new Set(['private', 'carrierGradeNat', 'uniqueLocal']);
/** Everything that is routed in public; below it lie, among others, the addresses that embed one of IPv4 (`::127.0.0.1`). */
const GLOBAL_UNICAST = '2000::/3';

/** Sorts an address, as a resolver or `URL.hostname` gives it. What is no plain address at all, such as one with a zone, is forbidden. */
export function addressKind(address: string): AddressKind {
  if (isIP(address) === 0 || address.includes('%')) return 'forbidden';
  const parsed = ipaddr.parse(address);
  const range: string = parsed.range();
  if (PLATFORM_SERVICES.has(parsed.toString()) || isInNetwork(address, PLATFORM_NETWORK)) return 'forbidden';
  if (PRIVATE.has(range)) return 'private';
  if (range !== 'unicast') return 'forbidden';
  return parsed.kind() === 'ipv4' || isInNetwork(address, GLOBAL_UNICAST) ? 'public' : 'forbidden';
}

/** Whether an address lies in a network; an address of the other family never does. */
export function isInNetwork(address: string, cidr: string): boolean {
  const parsed = ipaddr.parse(address);
  const [network, prefix] = ipaddr.parseCIDR(cidr);
  return parsed.kind() === network.kind() && parsed.match(network, prefix);
}

/** Whether two texts are the same address. */
export function isSameAddress(one: string, other: string): boolean {
  return isIP(one) !== 0 && isIP(other) !== 0 && ipaddr.process(one).toString() === ipaddr.process(other).toString();
}
