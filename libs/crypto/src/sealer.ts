import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { masterKeys } from './master-keys';
import { UnsealError } from './unseal.error';

/** Where a sealed value belongs. It opens there only: copied to another row, tenant or column it is refused. */
export interface SealContext {
  tenantId: string;
  /** What kind of value it is, such as `provider-reply`; each kind of each tenant has a key of its own. */
  purpose: string;
  /** Key of the row that holds it. */
  rowId: string;
}

// A sealed value: suite, key id, nonce, ciphertext, tag. Another suite takes another first byte.
const SUITE_AES_256_GCM = 1;
const KEY_ID_BYTES = 4;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEAD_BYTES = 1 + KEY_ID_BYTES + NONCE_BYTES;

/**
 * Seals what must not stand in the database in clear: AES-256-GCM under a key derived (HKDF-SHA-256) from the master key for a tenant and
 * a purpose. The nonce is random; NIST SP 800-38D allows 2^32 values under one derived key. A new master key is put in front of the old
 * one: it seals from then on, and both open.
 */
export class Sealer {
  private readonly keys: readonly { id: Buffer; master: Buffer }[];
  private readonly derived = new Map<string, Buffer>();

  /** `keyList`: hexadecimal 256-bit keys parted by white space. */
  constructor(keyList: string) {
    this.keys = masterKeys(keyList).map((master) => ({
      id: createHash('sha256').update(master).digest().subarray(0, KEY_ID_BYTES),
      master,
    }));
  }

  seal(context: SealContext, plain: Uint8Array): Buffer {
    const key = this.keys[0];
    if (key === undefined) throw new UnsealError('unknownKey');
    const nonce = randomBytes(NONCE_BYTES);
    const head = Buffer.concat([Buffer.of(SUITE_AES_256_GCM), key.id, nonce]);
    const cipher = createCipheriv('aes-256-gcm', this.keyFor(key, context), nonce, { authTagLength: TAG_BYTES });
    cipher.setAAD(placeOf(head, context));
    return Buffer.concat([head, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  }

  /** @throws UnsealError */
  open(context: SealContext, sealed: Uint8Array): Buffer {
    const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
    if (bytes.length < HEAD_BYTES + TAG_BYTES || bytes[0] !== SUITE_AES_256_GCM) throw new UnsealError('notAuthentic');
    const head = bytes.subarray(0, HEAD_BYTES);
    const key = this.keys.find(({ id }) => id.equals(head.subarray(1, 1 + KEY_ID_BYTES)));
    if (key === undefined) throw new UnsealError('unknownKey');
    const nonce = head.subarray(1 + KEY_ID_BYTES);
    const decipher = createDecipheriv('aes-256-gcm', this.keyFor(key, context), nonce, { authTagLength: TAG_BYTES });
    decipher.setAAD(placeOf(head, context));
    decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
    try {
      return Buffer.concat([decipher.update(bytes.subarray(HEAD_BYTES, -TAG_BYTES)), decipher.final()]);
    } catch {
      throw new UnsealError('notAuthentic');
    }
  }

  private keyFor({ id, master }: { id: Buffer; master: Buffer }, { tenantId, purpose }: SealContext): Buffer {
    const name = `${id.toString('hex')}/${tenantId}/${purpose}`;
    let key = this.derived.get(name);
    if (key === undefined) {
      key = Buffer.from(hkdfSync('sha256', master, '', `piaoyan/1/${tenantId}/${purpose}`, 32));
      this.derived.set(name, key);
    }
    return key;
  }
}

function placeOf(head: Buffer, { tenantId, purpose, rowId }: SealContext): Buffer {
  return Buffer.concat([head, Buffer.from(JSON.stringify([tenantId, purpose, rowId]))]);
}
