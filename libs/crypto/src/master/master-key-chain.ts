import type { Suite } from '../suite/suite';
import { UnsealError } from '../sealing/unseal.error';
import type { MasterKeys, WrappedKey } from './master-keys';

/** Several keepers of master keys, the one that wraps first: how an installation moves from a file to a device, and back. */
export class MasterKeyChain implements MasterKeys {
  readonly fingerprints: readonly [string, ...string[]];
  private readonly keepers: readonly MasterKeys[];

  constructor(
    private readonly first: MasterKeys,
    ...others: MasterKeys[]
  ) {
    this.keepers = [first, ...others];
    const [own, ...more] = this.keepers.flatMap(({ fingerprints }) => fingerprints);
    if (own === undefined) throw new RangeError('a keeper of master keys has one');
    this.fingerprints = [own, ...more];
  }

  wrap(suite: Suite, context: Uint8Array, key: Uint8Array): Promise<WrappedKey> {
    return this.first.wrap(suite, context, key);
  }

  async unwrap(context: Uint8Array, wrapped: WrappedKey): Promise<Buffer> {
    const keeper = this.keepers.find(({ fingerprints }) => fingerprints.includes(wrapped.masterKey));
    if (keeper === undefined) throw new UnsealError('unknownKey');
    return keeper.unwrap(context, wrapped);
  }
}
