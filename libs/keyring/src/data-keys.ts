import { randomBytes } from 'node:crypto';
import type { AuditLog } from '@app/audit';
import { type MasterKeys, SealingKey, SECRET_BYTES, type Suite, SUITES, UnsealError } from '@app/crypto';
import { serialize, type TenantContext, type Tx, type UnitOfWork } from '@app/database';
import type { KeyClass } from './data-class';
import { type DataKey, type DataKeyName, wrappingContext } from './data-key';
import { DataKeyStore } from './data-key.store';
import type { KeyCache } from './key-cache';
import type { ClearDataKey } from './transport/key-package';

/** For whom: an open transaction of the tenant where there is one, else the tenant. */
export type KeyHolder = Tx | TenantContext;

/** What data keys are kept and wrapped with. */
export interface DataKeyParts {
  unitOfWork: UnitOfWork;
  audit: AuditLog;
  masterKeys: MasterKeys;
  /** What new keys are made for. Older ones keep theirs. */
  suite: Suite;
  cache: KeyCache;
}

/** Finds the data keys of tenants, unwrapped, and makes one where there is none yet. */
export class DataKeys {
  private readonly store = new DataKeyStore();
  /** Transactions that made a key. What they see may be rolled back, so that nobody else may use it. */
  private readonly makers = new WeakSet<object>();

  constructor(private readonly parts: DataKeyParts) {}

  /** The key that seals this class now. */
  async sealing(holder: KeyHolder, keyClass: KeyClass): Promise<SealingKey> {
    const { suite } = this.parts;
    return this.cached(holder, `${keyClass}/active/${suite.name}`, async (tx) => {
      const find = async () => (await this.store.active(tx, keyClass)).find((key) => key.suite === suite.name);
      return this.unwrapped((await find()) ?? (await this.made(tx, keyClass, find)));
    });
  }

  /** The key of the search hashes: the tenant's first, for as long as it stands, whatever suite it was made for. */
  async searching(holder: KeyHolder): Promise<SealingKey> {
    return this.cached(holder, 'search/active', async (tx) => {
      const find = async () => (await this.store.active(tx, 'search')).at(-1);
      return this.unwrapped((await find()) ?? (await this.made(tx, 'search', find)));
    });
  }

  /** @throws UnsealError `unknownKey`, `destroyedKey` */
  async opening(holder: KeyHolder, name: DataKeyName): Promise<SealingKey> {
    return this.cached(holder, `${name.keyClass}/${name.generation}`, async (tx) => {
      const key = await this.store.find(tx, name);
      if (key === null) throw new UnsealError('unknownKey');
      return this.unwrapped(key);
    });
  }

  /** Makes a new generation. The caller sees to it that no other transaction does so at the same time (`lock`). */
  async create(tx: Tx, keyClass: KeyClass): Promise<DataKey> {
    const { masterKeys, suite, audit } = this.parts;
    this.makers.add(ofTransaction(tx));
    const name = { keyClass, generation: await this.store.nextGeneration(tx, keyClass) };
    const secret = randomBytes(SECRET_BYTES);
    const wrapped = await masterKeys.wrap(suite, wrappingContext(tx.tenant.tenantId, name), secret);
    secret.fill(0);
    await this.store.insert(tx, name, { suite: suite.name, wrapped });
    await audit.append(tx, {
      action: 'dataKey.create',
      targetType: 'dataKey',
      targetId: `${name.keyClass}/${name.generation}`,
      detail: { suite: suite.name, masterKey: wrapped.masterKey },
    });
    const made = await this.store.find(tx, name);
    if (made === null) throw new Error('a data key that was just made is there');
    return made;
  }

  /** The tenant's keys of some classes, but for destroyed ones. */
  async standing(tx: Tx, classes: readonly KeyClass[]): Promise<DataKey[]> {
    return (await this.store.all(tx)).filter(({ keyClass, state }) => state !== 'destroyed' && classes.includes(keyClass));
  }

  /** The tenant's keys of some classes in clear, but for destroyed ones. For `packKeys`, which wipes them, and for nothing else. */
  async inClear(tx: Tx, classes: readonly KeyClass[]): Promise<ClearDataKey[]> {
    const clear: ClearDataKey[] = [];
    for (const { tenantId, wrapped, state, keyClass, generation, suite, createdAt } of await this.standing(tx, classes)) {
      if (wrapped === null || state === 'destroyed') continue;
      const secret = await this.parts.masterKeys.unwrap(wrappingContext(tenantId, { keyClass, generation }), wrapped);
      clear.push({ keyClass, generation, suite, state, createdAt, secret });
    }
    return clear;
  }

  /** One word for all classes, so that two transactions cannot wait for each other's. */
  async lock(tx: Tx): Promise<void> {
    await serialize(tx, 'data-keys');
  }

  private async made(tx: Tx, keyClass: KeyClass, find: () => Promise<DataKey | undefined>): Promise<DataKey> {
    await this.lock(tx);
    // Another transaction may have made it while this one waited.
    return (await find()) ?? this.create(tx, keyClass);
  }

  private async cached(holder: KeyHolder, name: string, find: (tx: Tx) => Promise<SealingKey>): Promise<SealingKey> {
    const fullName = `${tenantIdOf(holder)}/${name}`;
    const known = this.parts.cache.get(fullName);
    if (known !== undefined) return known;
    return this.within(holder, async (tx) => {
      const key = await find(tx);
      if (!this.makers.has(ofTransaction(tx))) this.parts.cache.put(fullName, key);
      return key;
    });
  }

  private async within<T>(holder: KeyHolder, work: (tx: Tx) => Promise<T>): Promise<T> {
    return 'manager' in holder ? work(holder) : this.parts.unitOfWork.run(holder, work);
  }

  private async unwrapped({ tenantId, suite, wrapped, ...name }: DataKey): Promise<SealingKey> {
    if (wrapped === null) throw new UnsealError('destroyedKey');
    const secret = await this.parts.masterKeys.unwrap(wrappingContext(tenantId, name), wrapped);
    const key = new SealingKey(SUITES[suite], name.generation, secret);
    secret.fill(0);
    return key;
  }
}

export const tenantIdOf = (holder: KeyHolder): string => ('manager' in holder ? holder.tenant.tenantId : holder.tenantId);

/** A nested transaction (savepoint) has another manager, and the same runner. */
const ofTransaction = ({ manager }: Tx): object => manager.queryRunner ?? manager;
