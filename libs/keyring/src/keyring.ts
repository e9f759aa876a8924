import type { AuditLog } from '@app/audit';
import {
  type MasterKeys,
  readHead,
  readStreamHead,
  sealFor,
  startingWith,
  type Recipient,
  type Suite,
  type SuiteName,
  writeHead,
} from '@app/crypto';
import type { Tx, UnitOfWork } from '@app/database';
import type { DataClass, KeyClass } from './data-class';
import type { DataKeyName } from './data-key';
import { DataKeys, type KeyHolder, tenantIdOf } from './data-keys';
import { KeyCache } from './key-cache';
import { KeyErasure } from './key-erasure';
import { MasterKeyProbe } from './master-key-probe';
import { type KeyPackage, packKeys } from './transport/key-package';

/** Where a sealed value stands; it opens there only. */
export interface SealPlace {
  dataClass: DataClass;
  /** Table and column, or what else tells one kind of value from another, such as `webhook_endpoint.secret`. */
  purpose: string;
  /** Key of the row that holds it. */
  rowId: string;
}

/** What a keyring works with. */
export interface KeyringParts {
  unitOfWork: UnitOfWork;
  audit: AuditLog;
  masterKeys: MasterKeys;
  /** What is sealed from now on; what the other suite sealed opens all the same. */
  suite: Suite;
  cache?: KeyCache;
}

/** Seals and opens what must not lie in clear in the database or the object store, under keys of the tenant. */
export class Keyring {
  private readonly keys: DataKeys;
  private readonly erasure: KeyErasure;
  private readonly probe: MasterKeyProbe;
  /** What is sealed with from now on. */
  readonly suite: SuiteName;

  constructor({ cache = new KeyCache(), ...parts }: KeyringParts) {
    this.suite = parts.suite.name;
    this.keys = new DataKeys({ ...parts, cache });
    this.erasure = new KeyErasure(parts.audit, cache);
    this.probe = new MasterKeyProbe(parts.masterKeys, parts.suite);
  }

  /** Rejects when whoever keeps the master keys does not answer. As cheap as it is asked often: answers are kept for a while. */
  check(): Promise<void> {
    return this.probe.check();
  }

  async seal(holder: KeyHolder, place: SealPlace, plain: Uint8Array): Promise<Buffer> {
    const key = await this.keys.sealing(holder, place.dataClass);
    return key.seal(contextOf(holder, place), plain);
  }

  /** How every value of the class begins that is sealed now. */
  async headNow(holder: KeyHolder, dataClass: DataClass): Promise<Buffer> {
    return writeHead(await this.keys.sealing(holder, dataClass));
  }

  /** @throws UnsealError for a value that was altered, belongs elsewhere, or whose key is unknown or destroyed. */
  async open(holder: KeyHolder, place: SealPlace, sealed: Uint8Array): Promise<Buffer> {
    const key = await this.keys.opening(holder, { keyClass: place.dataClass, generation: readHead(sealed).keyNumber });
    return key.open(contextOf(holder, place), sealed);
  }

  /** Seals in constant memory what is too large to be held. Once this resolves, a transaction is needed no more. */
  async sealStream(holder: KeyHolder, place: SealPlace, plain: AsyncIterable<Uint8Array>): Promise<AsyncIterable<Buffer>> {
    const key = await this.keys.sealing(holder, place.dataClass);
    return key.sealStream(contextOf(holder, place), plain);
  }

  /**
   * Opens in constant memory what `sealStream` made. Once this resolves, the first 64 KiB are known to be authentic and belong here, and a
   * transaction is needed no more. Each piece is authentic when it comes; a cut tail is found at the end: whoever passes the pieces on must
   * then break off visibly, as `pipeline` does.
   * @throws UnsealError here for a stream that does not belong here, in iterating for one that was altered or cut further on
   */
  async openStream(holder: KeyHolder, place: SealPlace, sealed: AsyncIterable<Uint8Array>): Promise<AsyncIterableIterator<Buffer>> {
    const { head, stream } = await readStreamHead(sealed);
    try {
      const key = await this.keys.opening(holder, { keyClass: place.dataClass, generation: head.keyNumber });
      const plain = key.openStream(contextOf(holder, place), stream);
      const first = await plain.next();
      return startingWith(first.done === true ? [] : [first.value], plain);
    } catch (error) {
      await stream.return?.();
      throw error;
    }
  }

  /** A keyed hash by which a sealed value of the tenant can be found again; 32 bytes. Equal values of one field have equal hashes. */
  async searchHash(holder: KeyHolder, field: string, value: string): Promise<Buffer> {
    const key = await this.keys.searching(holder);
    return key.keyedHash('search', Buffer.from(JSON.stringify([field, value])));
  }

  /** Names of the tenant's keys of some classes, but for destroyed ones. */
  async keysOf(tx: Tx, classes: readonly KeyClass[]): Promise<DataKeyName[]> {
    return this.keys.standing(tx, classes);
  }

  /** @throws RangeError when the recipient's key is none */
  async assertRecipient(recipient: Recipient): Promise<void> {
    await sealFor(recipient, Buffer.alloc(0), Buffer.alloc(0));
  }

  /**
   * The tenant's data keys of some classes, sealed for a recipient; null where there are none. No key leaves in clear.
   * @throws RangeError when the recipient's key is none
   */
  async exportKeys(
    tx: Tx,
    { classes, recipient, ...about }: { classes: readonly KeyClass[]; recipient: Recipient; tenantName: string; approvalId: string },
  ): Promise<KeyPackage | null> {
    const keys = await this.keys.inClear(tx, classes);
    if (keys.length === 0) return null;
    return packKeys(recipient, { ...about, tenantId: tx.tenant.tenantId, exportedAt: new Date().toISOString() }, keys);
  }

  /**
   * Destroys keys of the tenant, and with them for ever whatever was sealed under them, in backups too once the master key has changed.
   * Other processes may use what they hold for `KEY_LIFETIME_MS` more: with `all`, what they seal meanwhile is destroyed with it.
   * @throws KeyInUseError for a generation that is active, or was until a moment ago: rotate first
   */
  async destroy(tx: Tx, keyClass: KeyClass, which: number | 'all'): Promise<void> {
    await this.keys.lock(tx);
    await this.erasure.destroy(tx, keyClass, which);
  }
}

function contextOf(holder: KeyHolder, { dataClass, purpose, rowId }: SealPlace): Buffer {
  return Buffer.from(JSON.stringify([tenantIdOf(holder), dataClass, purpose, rowId]));
}
