import { type SealContext, Sealer } from '@app/crypto';
import type { TenantContext, Tx } from '@app/database';
import { createHmac } from 'node:crypto';
import type { DataClass } from './data-class';

/** Where a sealed value stands; it opens there only. */
export interface SealPlace {
  dataClass: DataClass;
  /** Table and column, or what else tells one kind of value from another, such as `webhook_endpoint.secret`. */
  purpose: string;
  /** Key of the row that holds it. */
  rowId: string;
}

/** For whom: an open transaction of the tenant where there is one, else the tenant. */
export type KeyHolder = Tx | TenantContext;

/** Seals and opens what must not lie in clear in the database or the object store, under keys of the tenant. */
export class Keyring {
  private readonly sealer: Sealer;

  /** `keyList`: master keys in hexadecimal, parted by white space, the one that seals first. */
  constructor(private readonly keyList: string) {
    this.sealer = new Sealer(keyList);
  }

  async seal(holder: KeyHolder, place: SealPlace, plain: Uint8Array): Promise<Buffer> {
    return Promise.resolve(this.sealer.seal(contextOf(holder, place), plain));
  }

  /** @throws UnsealError for a value that was altered, belongs elsewhere, or whose key is unknown or destroyed. */
  async open(holder: KeyHolder, place: SealPlace, sealed: Uint8Array): Promise<Buffer> {
    return Promise.resolve(this.sealer.open(contextOf(holder, place), sealed));
  }

  /** A keyed hash by which a sealed value of the tenant can be found again; 32 bytes. Equal values of one field have equal hashes. */
  async searchHash(holder: KeyHolder, field: string, value: string): Promise<Buffer> {
    const text = JSON.stringify([tenantIdOf(holder), field, value]);
    return Promise.resolve(createHmac('sha256', `search/1/${this.keyList}`).update(text).digest());
  }
}

function contextOf(holder: KeyHolder, { dataClass, purpose, rowId }: SealPlace): SealContext {
  return { tenantId: tenantIdOf(holder), purpose: `${dataClass}/${purpose}`, rowId };
}

const tenantIdOf = (holder: KeyHolder): string => ('tenant' in holder ? holder.tenant.tenantId : holder.tenantId);
