import { isIPv6 } from 'node:net';
import type { Tx } from '@app/database';
import { keyedHash } from '../keyed-hash';
import { MINUTE_MS } from '../identity-parts';

/** Failures that one address may have in a window, whatever the logins. */
export const ADDRESS_LIMIT = { failures: 30, windowMs: 5 * MINUTE_MS } as const;

/** How often something may be tried in a window. */
export interface ThrottleLimit {
  failures: number;
  windowMs: number;
}

/** What became of an attempt from an address. */
export interface Throttling {
  isThrottled: boolean;
  /** Whether this is the first one of the window that is over the limit: the one that is put on record. */
  isFirst: boolean;
}

/**
 * Counts attempts by address, across tenants and processes. A window ends by itself and is not prolonged, so that nobody is kept out for
 * long who shares an address with an attacker; users who signed in from there lately are not kept out at all, see `Guesses`.
 */
export class AddressThrottle {
  constructor(private readonly hashKey: string) {}

  /** Keyed hash of an address; of IPv6 the network, since a host has the addresses of a whole /64. */
  hashOf(address: string): Buffer {
    return keyedHash(this.hashKey, 'address', networkOf(address));
  }

  /** Counts an attempt before its outcome is known; of an address, or of whatever else the hash is of, by a limit of its own. */
  async take(tx: Tx, addressHash: Buffer, now: Date, limit: ThrottleLimit = ADDRESS_LIMIT): Promise<Throttling> {
    const windowEndsAt = new Date(now.getTime() + limit.windowMs);
    const rows = await tx.manager.query<{ failures: number }[]>(
      `insert into sign_in_throttle (address_hash, failures, window_ends_at) values ($1, 1, $3)
       on conflict (address_hash) do update set
         failures = case when sign_in_throttle.window_ends_at <= $2 then 1 else least(sign_in_throttle.failures, 1000000) + 1 end,
         window_ends_at = case when sign_in_throttle.window_ends_at <= $2 then $3 else sign_in_throttle.window_ends_at end
       returning failures`,
      [addressHash, now, windowEndsAt],
    );
    const failures = rows[0]?.failures ?? 0;
    return { isThrottled: failures > limit.failures, isFirst: failures === limit.failures + 1 };
  }

  /** Takes an attempt back that was right, and forgets addresses whose window has ended. */
  async takeBack(tx: Tx, addressHash: Buffer, now: Date): Promise<void> {
    await tx.manager.query('update sign_in_throttle set failures = greatest(failures - 1, 0) where address_hash = $1', [addressHash]);
    await tx.manager.query(
      `delete from sign_in_throttle where address_hash in (
         select address_hash from sign_in_throttle where window_ends_at <= $1 limit 100 for update skip locked)`,
      [now],
    );
  }
}

/** `::ffff:10.0.0.1` is 10.0.0.1; other IPv6 addresses are cut to their first four groups. */
function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined || !isIPv6(address)) return mapped ?? address;
  const [head = '', tail] = address.split('::');
  const groups = (text: string | undefined): string[] => (text ? text.split(':') : []);
  const [before, after] = [groups(head), groups(tail)];
  const zeros = tail === undefined ? [] : Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => '0');
  return [...before, ...zeros, ...after]
    .slice(0, 4)
    .map((group) => (Number.parseInt(group, 16) || 0).toString(16))
    .join(':');
}
