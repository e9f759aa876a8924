import type { WebhookHost, WebhookNetwork, WebhookTarget } from '@app/contracts';
import { isIP } from 'node:net';
import { addressKind, isInNetwork } from './address-kind';
import { TargetRefusedError } from './target-refused.error';

/** Which entry of the allow-list lets a URL pass, and so which addresses its name may lead to. */
export type Reach = 'loopback' | 'exact' | 'domain' | 'network';

/** A URL that the allow-list lets pass; what its name leads to is still to be checked. */
export interface AdmittedUrl {
  url: URL;
  /** Host without the brackets of an IPv6 address. */
  host: string;
  reach: Reach;
}

const LOOPBACK = '127.0.0.1';
const VISIBLE_ASCII = /^[\x21-\x7e]+$/;

/** The operator's allow-list of webhook targets. */
export class AllowedTargets {
  private readonly hosts: readonly WebhookHost[];
  private readonly networks: readonly WebhookNetwork[];

  constructor(targets: readonly WebhookTarget[]) {
    this.hosts = targets.filter((target) => target.kind === 'host');
    this.networks = targets.filter((target) => target.kind === 'network');
  }

  /**
   * Checks a URL's spelling against the list, and its address where the URL gives one itself.
   * @throws TargetRefusedError
   */
  admit(text: string): AdmittedUrl {
    const url = canonicalUrl(text);
    const host = url.hostname.replace(/^\[|\]$/g, '');
    const reach = this.reachOf(url);
    if (reach === null) throw new TargetRefusedError('the allow-list names no such host, protocol and port');
    if (isIP(host) !== 0 && !this.reaches(host, reach)) throw new TargetRefusedError('its address is not allowed');
    return { url, host, reach };
  }

  /** Whether a connection may go to this address, for a URL that was let pass by that entry. */
  reaches(address: string, reach: Reach): boolean {
    if (reach === 'loopback') return address === LOOPBACK;
    const kind = addressKind(address);
    if (kind === 'forbidden') return false;
    const needsNoListing = kind === 'public' ? reach !== 'network' : reach === 'exact';
    return needsNoListing || this.isListed(address);
  }

  private reachOf(url: URL): Reach | null {
    const port = Number(url.port) || (url.protocol === 'http:' ? 80 : 443);
    const candidates = this.hosts.filter((entry) => entry.protocol === url.protocol && entry.port === port);
    if (candidates.some((entry) => !entry.isWildcard && entry.host === url.hostname)) {
      return url.protocol === 'http:' && url.hostname === LOOPBACK ? 'loopback' : 'exact';
    }
    if (candidates.some((entry) => entry.isWildcard && url.hostname.endsWith(`.${entry.host}`))) return 'domain';
    return this.networks.length > 0 && url.protocol === 'https:' && port === 443 ? 'network' : null;
  }

  private isListed(address: string): boolean {
    return this.networks.some(({ cidr }) => isInNetwork(address, cidr));
  }
}

/** One spelling per target: what a parser would have to mend (octal or short addresses, upper case, back-slashes, a default port) is refused. */
function canonicalUrl(text: string): URL {
  const url = VISIBLE_ASCII.test(text) ? URL.parse(text) : null;
  if (url === null) throw new TargetRefusedError('it is no URL in visible ASCII characters');
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw new TargetRefusedError('only https and http are known');
  if (url.username !== '' || url.password !== '' || text.includes('#')) {
    throw new TargetRefusedError('user name, password and fragment are not allowed');
  }
  if (url.href !== text && url.href !== `${text}/`) throw new TargetRefusedError('it must be spelt as a browser would show it');
  if (url.hostname.endsWith('.')) throw new TargetRefusedError('the host must not end with a dot');
  return url;
}
