import { KeyPackage, KeyPackageHead } from '@app/contracts';
import {
  openAs,
  type Recipient,
  recipientFingerprint,
  type RecipientKeyPair,
  sealFor,
  SECRET_BYTES,
  type SuiteName,
  UnsealError,
} from '@app/crypto';
import type { DataKeyName } from '../data-key';

export type { KeyPackage, KeyPackageHead } from '@app/contracts';

/** A data key in clear, with all that is known of it. */
export interface ClearDataKey extends DataKeyName {
  suite: SuiteName;
  state: 'active' | 'retired';
  createdAt: Date;
  /** 32 bytes: whoever holds them wipes them. */
  secret: Buffer;
}

/** A text is no package, or one of another release. */
export class KeyPackageError extends Error {
  constructor(reason: string, options?: ErrorOptions) {
    super(`this is no package of keys that can be read: ${reason}`, options);
    this.name = 'KeyPackageError';
  }
}

/** Packs keys for a recipient. Their secrets are wiped. @throws RangeError when the recipient's key is none */
export async function packKeys(
  recipient: Recipient,
  about: Pick<KeyPackageHead, 'tenantId' | 'tenantName' | 'approvalId' | 'exportedAt'>,
  keys: readonly ClearDataKey[],
): Promise<KeyPackage> {
  const head = KeyPackageHead.parse({
    ...{ format: 'piaoyan-key-package/1', suite: recipient.suite, recipient: recipientFingerprint(recipient), ...about },
    keys: keys.map(({ keyClass, generation, suite, state, createdAt }) => ({
      ...{ class: keyClass, generation, suite, state, createdAt: createdAt.toISOString() },
    })),
  });
  const plain = Buffer.concat(keys.map(({ secret }) => secret));
  try {
    const { encapsulated, sealed } = await sealFor(recipient, contextOf(head), plain);
    return { ...head, encapsulated: encapsulated.toString('base64'), sealed: sealed.toString('base64') };
  } finally {
    for (const { secret } of keys) secret.fill(0);
    plain.fill(0);
  }
}

/** @throws KeyPackageError */
export function readKeyPackage(text: string): KeyPackage {
  const parsed = KeyPackage.safeParse(parsedJson(text));
  if (!parsed.success) throw new KeyPackageError(parsed.error.issues[0]?.path.join('.') ?? 'its form');
  return parsed.data;
}

/** @throws KeyPackageError for another recipient's, UnsealError for what was altered */
export function unpackKeys({ encapsulated, sealed, ...head }: KeyPackage, recipient: Recipient & RecipientKeyPair): ClearDataKey[] {
  const own = recipientFingerprint(recipient);
  if (head.recipient !== own) throw new KeyPackageError(`it was made for the recipient ${head.recipient}, and this key is of ${own}`);
  const bytes = { encapsulated: Buffer.from(encapsulated, 'base64'), sealed: Buffer.from(sealed, 'base64') };
  const plain = openAs(recipient, contextOf(head), bytes);
  if (plain.length !== head.keys.length * SECRET_BYTES) throw new UnsealError('notAuthentic');
  const keys = head.keys.map(({ class: keyClass, createdAt, ...key }, at) => ({
    ...{ ...key, keyClass, createdAt: new Date(createdAt) },
    secret: Buffer.from(plain.subarray(at * SECRET_BYTES, (at + 1) * SECRET_BYTES)),
  }));
  plain.fill(0);
  return keys;
}

/** All that the head says, in one order: none of it can be changed. */
function contextOf({ format, suite, recipient, tenantId, tenantName, approvalId, exportedAt, keys }: KeyPackageHead): Buffer {
  const each = keys.map((key) => [key.class, key.generation, key.suite, key.state, key.createdAt]);
  return Buffer.from(JSON.stringify([format, suite, recipient, tenantId, tenantName, approvalId, exportedAt, each]));
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new KeyPackageError('it is not JSON', { cause: error });
  }
}
