import { hkdfSync } from 'node:crypto';
import { SealingKey } from '../sealing/sealing-key';
import { UnsealError } from '../sealing/unseal.error';
import { SUITES, suiteOf } from '../suite/suites';
import type { Suite, SuiteName } from '../suite/suite';
import { isMasterKeyList, masterKeyList } from './master-key-list';
import type { MasterKeys, WrappedKey } from './master-keys';

const FINGERPRINT_BYTES = 8;

interface MasterKey {
  fingerprint: string;
  bySuite: Readonly<Record<SuiteName, SealingKey>>;
}

/** Master keys that the operator keeps in a file or a variable, and this process in its memory. */
export class ConfiguredMasterKeys implements MasterKeys {
  readonly fingerprints: readonly [string, ...string[]];
  private readonly keys: readonly MasterKey[];
  private readonly first: MasterKey;

  /**
   * `keyList`: keys of 64 hexadecimal digits parted by white space, the one that wraps first.
   * @throws RangeError, without the text, when it is no such list
   */
  constructor(keyList: string) {
    if (!isMasterKeyList(keyList)) throw new RangeError('not a list of master keys of 64 hexadecimal digits');
    const [first, ...others] = masterKeyList(keyList).map(masterKey) as [MasterKey, ...MasterKey[]];
    this.first = first;
    this.keys = [first, ...others];
    this.fingerprints = [first.fingerprint, ...others.map(({ fingerprint }) => fingerprint)];
  }

  wrap({ name }: Suite, context: Uint8Array, key: Uint8Array): Promise<WrappedKey> {
    return Promise.resolve({ masterKey: this.first.fingerprint, bytes: this.first.bySuite[name].seal(context, key) });
  }

  async unwrap(context: Uint8Array, wrapped: WrappedKey): Promise<Buffer> {
    const key = this.keys.find(({ fingerprint }) => fingerprint === wrapped.masterKey);
    if (key === undefined) throw new UnsealError('unknownKey');
    return Promise.resolve(key.bySuite[suiteOf(wrapped.bytes).name].open(context, wrapped.bytes));
  }
}

function masterKey(bytes: Buffer): MasterKey {
  const fingerprint = keyFingerprint(bytes);
  const number = Buffer.from(fingerprint, 'hex').readUInt32BE();
  const sealing = (suite: Suite) => new SealingKey(suite, number, bytes);
  return { fingerprint, bySuite: { standard: sealing(SUITES.standard), sm: sealing(SUITES.sm) } };
}

/** By which a key is named without being told: 16 hexadecimal digits, the same in every suite. */
function keyFingerprint(key: Uint8Array): string {
  return Buffer.from(hkdfSync('sha256', key, '', 'piaoyan/2/fingerprint', FINGERPRINT_BYTES)).toString('hex');
}
