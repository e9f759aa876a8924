import { BlockList, isIPv6 } from 'node:net';

const OWN = new BlockList();
for (const [network, bits] of [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const)
  OWN.addSubnet(network, bits, 'ipv4');
OWN.addAddress('::1', 'ipv6');
OWN.addSubnet('fc00::', 7, 'ipv6');

/** Whether an address is one of a private network, or this machine's own: the only ones to which an original may go. */
export function isOwnZone(address: string): boolean {
  return OWN.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}
