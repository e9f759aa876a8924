import type { LookupAddress } from 'node:dns';
import { lookup as systemLookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import { isSameAddress } from './address-kind';
import type { AdmittedUrl, AllowedTargets } from './allowed-targets';
import { TargetRefusedError } from './target-refused.error';

/** A service beside this process that no webhook may reach, whatever the allow-list says: the database, the gateway. */
export interface GuardedService {
  host: string;
  port: number;
}

/** Every address of a name, as the system resolves it. */
export type Lookup = (host: string) => Promise<LookupAddress[]>;

/** The cluster's own API and the metadata services, by name: they hand out credentials. */
const GUARDED_NAMES =
  /^(kubernetes(\.default(\.svc(\.cluster\.local)?)?)?|metadata|instance-data|metadata\.google\.internal|metadata\.goog|metadata\.tencentyun\.com)$/;
const GUARD_LIFETIME_MS = 30_000;

/** Resolves a target's name once and checks every address that it leads to. The connection must go to one of those, and resolve nothing again. */
export class TargetResolver {
  private guard: { addresses: Promise<string[]>; until: number } | null = null;

  constructor(
    private readonly allowed: AllowedTargets,
    private readonly guarded: readonly GuardedService[],
    private readonly lookup: Lookup = (host) => systemLookup(host, { all: true }),
    private readonly ownAddresses: () => string[] = addressesOfThisMachine,
  ) {}

  /** @throws TargetRefusedError when any of the addresses is not allowed; whatever the resolver throws is passed on */
  async resolve({ url, host, reach }: AdmittedUrl): Promise<LookupAddress[]> {
    if (reach === 'loopback') return this.loopback(host, Number(url.port));
    if (GUARDED_NAMES.test(host) || this.guarded.some((service) => service.host === host)) {
      throw new TargetRefusedError('it is a service of the installation or of its platform');
    }
    const family = isIP(host);
    const addresses = family === 0 ? await this.lookup(host) : [{ address: host, family }];
    const taken = [...this.ownAddresses(), ...(await this.guardedAddresses())];
    for (const { address } of addresses) this.assertAllowed(address, taken, reach);
    if (addresses.length === 0) throw new TargetRefusedError('its name leads nowhere');
    return addresses;
  }

  private assertAllowed(address: string, taken: readonly string[], reach: AdmittedUrl['reach']): void {
    if (!this.allowed.reaches(address, reach)) throw new TargetRefusedError('its name leads to an address that is not allowed');
    if (taken.some((other) => isSameAddress(other, address))) {
      throw new TargetRefusedError('its name leads to this process or to a service of the installation');
    }
  }

  /** The operator named the very port; it must still not be one of ours. */
  private loopback(address: string, port: number): LookupAddress[] {
    if (this.guarded.some((service) => service.port === port)) throw new TargetRefusedError('it is a service of the installation');
    return [{ address, family: 4 }];
  }

  private guardedAddresses(): Promise<string[]> {
    const now = Date.now();
    if (this.guard === null || this.guard.until < now) {
      this.guard = { addresses: this.lookUpGuarded(), until: now + GUARD_LIFETIME_MS };
    }
    return this.guard.addresses;
  }

  private async lookUpGuarded(): Promise<string[]> {
    const found = await Promise.all(this.guarded.map(({ host }) => this.addressesOf(host)));
    return found.flat();
  }

  private async addressesOf(host: string): Promise<string[]> {
    if (isIP(host) !== 0) return [host];
    try {
      return (await this.lookup(host)).map(({ address }) => address);
    } catch {
      // A service whose name means nothing here, such as the cluster's API outside of a cluster, has no address to guard.
      return [];
    }
  }
}

function addressesOfThisMachine(): string[] {
  return Object.values(networkInterfaces()).flatMap((addresses) => addresses?.map(({ address }) => address) ?? []);
}
