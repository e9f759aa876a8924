import ipaddr from 'ipaddr.js';

/**
 * A network as it is stored: `10.1.0.0/16`; a single address becomes a network of one.
 * @throws RangeError for anything else, and for a network with bits behind its prefix, which is most likely a typing error
 */
export function networkOf(text: string): string {
  const wrong = new RangeError(`"${text}" is neither an IP address nor a network such as 10.1.0.0/16`);
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return `${text}/32`;
  if (!text.includes('/') && ipaddr.IPv6.isValid(text)) return `${ipaddr.IPv6.parse(text).toString()}/128`;
  if (!ipaddr.isValidCIDR(text)) throw wrong;
  const [address, prefix] = ipaddr.parseCIDR(text);
  const written = `${address.toString()}/${prefix}`;
  const first = address.kind() === 'ipv4' ? ipaddr.IPv4.networkAddressFromCIDR(written) : ipaddr.IPv6.networkAddressFromCIDR(written);
  if (first.toString() !== address.toString()) throw wrong;
  return written;
}

/** Whether an address lies in one of the networks; no network at all allows every address. */
export function isAddressAllowed(address: string, networks: readonly string[]): boolean {
  if (networks.length === 0) return true;
  if (!ipaddr.isValid(address)) return false;
  // A socket that listens on IPv6 tells IPv4 peers as ::ffff:10.1.2.3.
  const asked = ipaddr.process(address);
  return networks.some((network) => {
    const [first, prefix] = ipaddr.parseCIDR(network);
    return first.kind() === asked.kind() && asked.match(first, prefix);
  });
}
