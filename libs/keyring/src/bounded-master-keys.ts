import { ProblemError } from '@app/contracts';
import { type MasterKeys, type Suite, UnsealError, type WrappedKey } from '@app/crypto';

/** A device that has not answered by then is taken for gone: a transaction waits meanwhile, and others for its locks. */
export const MASTER_KEY_DEADLINE_MS = 5_000;

/**
 * Master keys that may be out of reach. That a wrapped key is none is said as it is; whatever else goes wrong, and no answer in time, is
 * `unavailable`: the caller is to come back, and the transaction that asked is undone.
 */
export class BoundedMasterKeys implements MasterKeys {
  constructor(
    private readonly kept: MasterKeys,
    private readonly deadlineMs = MASTER_KEY_DEADLINE_MS,
  ) {}

  get fingerprints(): readonly [string, ...string[]] {
    return this.kept.fingerprints;
  }

  wrap(suite: Suite, context: Uint8Array, key: Uint8Array): Promise<WrappedKey> {
    return this.answered(() => this.kept.wrap(suite, context, key));
  }

  unwrap(context: Uint8Array, wrapped: WrappedKey): Promise<Buffer> {
    return this.answered(() => this.kept.unwrap(context, wrapped));
  }

  /** What comes after its time is dropped, an error too. */
  private async answered<T>(ask: () => Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(
        () => reject(new Error(`the keeper of the master keys did not answer within ${this.deadlineMs} ms`)),
        this.deadlineMs,
      );
    });
    try {
      return await Promise.race([ask(), late]);
    } catch (error) {
      if (error instanceof UnsealError) throw error;
      throw new ProblemError('unavailable', { cause: error });
    } finally {
      clearTimeout(timer);
    }
  }
}
