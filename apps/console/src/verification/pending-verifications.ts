import type { VerificationRequest } from '@app/contracts';
import { createContext, useContext } from 'react';
import { v4 } from 'uuid';
import { z } from 'zod';
import { isSurelyRefused, type Answer, type Failure } from '../api/failure';

/** Where the keys are kept; `sessionStorage` in the browser, so that they outlive a reload. */
export type KeyStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const SLOT = 'piaoyan.pending';
/** A person has hardly more than one request without an answer; older ones were given up. */
const MOST_KEYS = 5;
const Keys = z.array(z.uuid()).catch([]);

/**
 * The idempotency keys of verifications whose answer did not come yet. The same request asked again gets the same key, also after a reload,
 * so that pressing the button twice never pays twice. The storage holds random keys and nothing of what was asked: which key belongs to which
 * request the page remembers in memory, and after a reload the API tells, which refuses a key for another request than its own.
 */
export class PendingVerifications {
  private readonly keys = new Map<string, string>();
  private readonly uncertain = new Set<string>();

  constructor(private readonly storage: KeyStorage) {}

  /** Asks under the key that belongs to the request, or under a new one. */
  async ask<T>(request: VerificationRequest, send: (key: string) => Promise<Answer<T>>): Promise<Answer<T>> {
    const wanted = JSON.stringify(request);
    for (const key of this.candidates(wanted)) {
      const answer = await this.askUnder(key, wanted, send);
      if (answer.ok || !isOfAnother(answer.failure)) return answer;
      this.keys.delete(wanted);
    }
    return this.askUnder(v4(), wanted, send);
  }

  private async askUnder<T>(key: string, wanted: string, send: (key: string) => Promise<Answer<T>>): Promise<Answer<T>> {
    this.keys.set(wanted, key);
    this.keep([...this.kept().filter((one) => one !== key), key]);
    const answer = await send(key);
    if (answer.ok || (isSurelyRefused(answer.failure) && !isOfAnother(answer.failure) && !this.uncertain.has(key))) {
      this.keys.delete(wanted);
      this.keep(this.kept().filter((one) => one !== key));
    } else {
      // From now on a refusal of this key, such as of a session that ended meanwhile, does not say that the first try was refused too.
      this.uncertain.add(key);
    }
    return answer;
  }

  private candidates(wanted: string): string[] {
    const own = this.keys.get(wanted);
    if (own !== undefined) return [own];
    const claimed = new Set(this.keys.values());
    return this.kept().filter((key) => !claimed.has(key));
  }

  private kept(): string[] {
    return Keys.parse(parsed(this.storage.getItem(SLOT)));
  }

  private keep(keys: readonly string[]): void {
    if (keys.length === 0) this.storage.removeItem(SLOT);
    else this.storage.setItem(SLOT, JSON.stringify(keys.slice(-MOST_KEYS)));
  }
}

/** Those of the person who is signed in, whichever page asks. */
export const PendingContext = createContext<PendingVerifications | null>(null);

export function usePending(): PendingVerifications {
  const pending = useContext(PendingContext);
  if (!pending) throw new Error('usePending is called outside of a signed-in page');
  return pending;
}

/** The key was used for another request before. */
function isOfAnother(failure: Failure): boolean {
  return failure.kind === 'problem' && failure.problem.code === 'idempotency-key-reused';
}

function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? 'null') as unknown;
  } catch {
    return null;
  }
}
