import type { SealingKey } from '@app/crypto';

/** How long a process may go on using a key after another one destroyed or retired it. */
export const KEY_LIFETIME_MS = 60_000;
/** Some megabytes at most: beyond it the longest known are asked for anew. */
const MAX_KEYS = 10_000;

/** Keys that this process has unwrapped, by name, each for a bounded time. */
export class KeyCache {
  private readonly keys = new Map<string, { key: SealingKey; until: number }>();

  /** `now` is a clock that never goes back, in milliseconds. */
  constructor(
    private readonly lifetimeMs = KEY_LIFETIME_MS,
    private readonly now: () => number = () => performance.now(),
  ) {}

  get(name: string): SealingKey | undefined {
    const found = this.keys.get(name);
    if (found === undefined || found.until > this.now()) return found?.key;
    this.keys.delete(name);
    return undefined;
  }

  put(name: string, key: SealingKey): void {
    this.keys.delete(name);
    this.keys.set(name, { key, until: this.now() + this.lifetimeMs });
    const [oldest] = this.keys.keys();
    if (this.keys.size > MAX_KEYS && oldest !== undefined) this.keys.delete(oldest);
  }

  /** Forgets every key whose name begins like this. */
  forget(start: string): void {
    for (const name of this.keys.keys()) if (name.startsWith(start)) this.keys.delete(name);
  }
}
