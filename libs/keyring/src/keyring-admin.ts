import type { AuditLog } from '@app/audit';
import { type MasterKeys, type Suite, SUITES } from '@app/crypto';
import type { Actor, Tx, UnitOfWork } from '@app/database';
import type { DataSource } from 'typeorm';
import type { DataClass } from './data-class';
import { type DataKey, wrappingContext } from './data-key';
import { DataKeyStore } from './data-key.store';
import { DataKeys } from './data-keys';
import { KeyCache } from './key-cache';
import { Keyring } from './keyring';
import { GenerationEnd } from './resealing/generation-end';
import { type ResealedColumn, Resealing, type ResealingPace } from './resealing/resealing';
import type { PlacedColumn } from './sealed-column';
import { type ImportedKey, KeyImport } from './transport/key-import';
import { type KeyPackageHead, readKeyPackage, unpackKeys } from './transport/key-package';
import { makeRecipientFile, openRecipientFile, type RecipientFile } from './transport/recipient-file';

/** The data keys of one tenant, by class and generation. */
export interface TenantKeys {
  tenantId: string;
  tenantName: string;
  keys: DataKey[];
}

export interface KeyringAdminParts {
  dataSource: DataSource;
  unitOfWork: UnitOfWork;
  audit: AuditLog;
  masterKeys: MasterKeys;
  suite: Suite;
  /** Every sealed column of the database: without them nothing is sealed anew, and no generation destroyed. */
  columns?: readonly PlacedColumn[];
}

/** What was sealed anew for one tenant. */
export interface TenantResealing {
  tenantId: string;
  tenantName: string;
  columns: ResealedColumn[];
}

/** The two files that bring keys in: the package, and who it was made for. */
export interface KeyDelivery {
  packageText: string;
  recipientText: string;
}

/** No tenant of this name has data keys. */
export class NoKeysError extends Error {
  constructor(tenantName: string) {
    super(`there is no tenant "${tenantName}" that has data keys`);
    this.name = 'NoKeysError';
  }
}

/** What an operator does with keys, at the command line and as the owner role: one transaction for each tenant. */
export class KeyringAdmin {
  private readonly store = new DataKeyStore();
  private readonly keys: DataKeys;
  private readonly keyring: Keyring;

  constructor(private readonly parts: KeyringAdminParts) {
    this.keys = new DataKeys({ ...parts, cache: new KeyCache() });
    this.keyring = new Keyring(parts);
  }

  /** The configured master keys; the first wraps. */
  get fingerprints(): readonly string[] {
    return this.parts.masterKeys.fingerprints;
  }

  /** Every tenant that has keys. */
  async status(actor: Actor): Promise<TenantKeys[]> {
    return this.eachTenant(actor, async (tx) => this.store.all(tx));
  }

  /** Starts a new generation for every tenant that has a key of this class, or for one; the older ones open from then on, and seal no more. */
  async rotate(actor: Actor, dataClass: DataClass, tenantName?: string): Promise<TenantKeys[]> {
    return this.eachTenant(
      actor,
      async (tx) => {
        await this.keys.lock(tx);
        const active = await this.store.active(tx, dataClass);
        if (active.length === 0) return [];
        for (const key of active) await this.store.retire(tx, key);
        await this.record(tx, 'dataKey.retire', active);
        return [await this.keys.create(tx, dataClass)];
      },
      tenantName,
    );
  }

  /**
   * Wraps every data key anew that the first master key does not wrap yet; answers those. What is sealed stays as it is.
   * @throws UnsealError when the master key that wraps one is not configured; what was done for other tenants stays done
   */
  async rewrap(actor: Actor): Promise<TenantKeys[]> {
    return this.eachTenant(actor, async (tx) => {
      const [first] = this.parts.masterKeys.fingerprints;
      const old = (await this.store.lockAll(tx)).filter(({ wrapped }) => wrapped !== null && wrapped.masterKey !== first);
      const rewrapped: DataKey[] = [];
      for (const key of old) rewrapped.push(await this.rewrapOne(tx, key));
      await this.record(tx, 'dataKey.rewrap', rewrapped);
      return rewrapped;
    });
  }

  /** Seals anew what is not under the current key and suite of its class: for every tenant, or for one. Broken off, it is called again. */
  async reseal(
    actor: Actor,
    { classes, tenantName }: { classes: readonly DataClass[]; tenantName?: string | undefined },
    pace: ResealingPace,
  ): Promise<TenantResealing[]> {
    const resealing = new Resealing({ ...this.parts, keyring: this.keyring, columns: this.columns });
    const done: TenantResealing[] = [];
    for (const tenant of await this.tenantsWithKeys(tenantName)) {
      const columns: ResealedColumn[] = [];
      for (const dataClass of classes) columns.push(...(await resealing.reseal({ tenantId: tenant.tenantId, actor }, dataClass, pace)));
      done.push({ ...tenant, columns });
    }
    return done;
  }

  /**
   * Destroys one generation of a tenant's class that nothing is sealed under any more.
   * @throws NoKeysError, NoGenerationError, GenerationSealsError, KeyInUseError
   */
  async destroyGeneration(actor: Actor, tenantName: string, dataClass: DataClass, generation: number): Promise<void> {
    const end = new GenerationEnd({ keyring: this.keyring, columns: this.columns });
    for (const { tenantId } of await this.tenantsWithKeys(tenantName)) {
      await this.parts.unitOfWork.run({ tenantId, actor }, (tx) => end.destroy(tx, dataClass, generation));
    }
  }

  /** A recipient for keys of other installations, whose private key this one's master key wraps. */
  async newRecipient(): Promise<{ file: RecipientFile; fingerprint: string }> {
    return makeRecipientFile(this.parts.masterKeys, this.parts.suite.name);
  }

  /** Whether a package opens for the recipient, and what it holds: nothing is kept. @throws KeyPackageError, UnsealError */
  async openPackage({ packageText, recipientText }: KeyDelivery): Promise<KeyPackageHead> {
    const file = readKeyPackage(packageText);
    const recipient = await openRecipientFile(this.parts.masterKeys, recipientText);
    for (const { secret } of unpackKeys(file, recipient)) secret.fill(0);
    recipient.privateKey.fill(0);
    const { encapsulated: _one, sealed: _other, ...head } = file;
    return head;
  }

  /** Takes a package's keys in, all or none. @throws KeyPackageError, UnsealError, KeyImportError */
  async importPackage(actor: Actor, { packageText, recipientText }: KeyDelivery): Promise<ImportedKey[]> {
    const file = readKeyPackage(packageText);
    const recipient = await openRecipientFile(this.parts.masterKeys, recipientText);
    try {
      return await new KeyImport({ ...this.parts, keys: this.keys }).import(actor, file, recipient);
    } finally {
      recipient.privateKey.fill(0);
    }
  }

  private get columns(): readonly PlacedColumn[] {
    if (this.parts.columns === undefined) throw new Error('the sealed columns of the database are not given');
    return this.parts.columns;
  }

  private async rewrapOne(tx: Tx, key: DataKey): Promise<DataKey> {
    const { masterKeys } = this.parts;
    if (key.wrapped === null) throw new Error('a destroyed key is not wrapped');
    const context = wrappingContext(key.tenantId, key);
    const secret = await masterKeys.unwrap(context, key.wrapped);
    const wrapped = await masterKeys.wrap(SUITES[key.suite], context, secret);
    secret.fill(0);
    await this.store.rewrap(tx, key, wrapped);
    return { ...key, wrapped };
  }

  private async record(tx: Tx, action: 'dataKey.retire' | 'dataKey.rewrap', keys: readonly DataKey[]): Promise<void> {
    await this.parts.audit.appendAll(
      tx,
      keys.map(({ keyClass, generation, suite, wrapped }) => ({
        action,
        targetType: 'dataKey',
        targetId: `${keyClass}/${generation}`,
        detail: { suite, masterKey: wrapped?.masterKey ?? null },
      })),
    );
  }

  private async eachTenant(actor: Actor, work: (tx: Tx) => Promise<DataKey[]>, tenantName?: string): Promise<TenantKeys[]> {
    const done: TenantKeys[] = [];
    for (const tenant of await this.tenantsWithKeys(tenantName)) {
      const keys = await this.parts.unitOfWork.run({ tenantId: tenant.tenantId, actor }, work);
      if (keys.length > 0) done.push({ ...tenant, keys });
    }
    return done;
  }

  /** The owner may see whose keys there are; what it changes it changes as one tenant. */
  private async tenantsWithKeys(tenantName?: string): Promise<{ tenantId: string; tenantName: string }[]> {
    const tenants = await this.parts.dataSource.query<{ tenantId: string; tenantName: string }[]>(
      `select id as "tenantId", name as "tenantName" from tenant where ($1::text is null or name = $1)
         and id in (select tenant_id from data_key) order by name`,
      [tenantName ?? null],
    );
    if (tenantName !== undefined && tenants.length === 0) throw new NoKeysError(tenantName);
    return tenants;
  }
}
