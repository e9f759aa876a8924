import { SealingKey } from '../sealing/sealing-key';
import { type SuiteName } from '../suite/suite';
import { SUITES } from '../suite/suites';
import type { KeyTransport, RecipientKeyPair } from './key-transport';
import { SM2_TRANSPORT } from './sm2-transport';
import { X25519 } from './x25519';

/** Somebody whom keys can be handed to, by a public key. */
export interface Recipient {
  suite: SuiteName;
  publicKey: Buffer;
}

/** What was sealed for a recipient. */
export interface SealedFor {
  encapsulated: Buffer;
  sealed: Buffer;
}

const TRANSPORTS: Readonly<Record<SuiteName, KeyTransport>> = { standard: X25519, sm: SM2_TRANSPORT };
const MARKS: Readonly<Record<SuiteName, string>> = { standard: 'x25519', sm: 'sm2' };
const TEXT = /^(x25519|sm2):([A-Za-z0-9_-]{1,100})$/;
const FINGERPRINT_BYTES = 8;
/** A transport secret seals one thing. */
const KEY_NUMBER = 1;

/** A new pair for whoever is to receive keys. */
export function newRecipientKeys(suite: SuiteName): Promise<RecipientKeyPair> {
  return TRANSPORTS[suite].generateKeyPair();
}

/** A recipient as one text, to be handed over: `x25519:` or `sm2:` and the public key in base64url. */
export function recipientText({ suite, publicKey }: Recipient): string {
  return `${MARKS[suite]}:${publicKey.toString('base64url')}`;
}

/** Null for a text that is no recipient. Whether an SM2 key is on its curve is seen when something is sealed for it. */
export function readRecipient(text: string): Recipient | null {
  const [, mark, encoded = ''] = TEXT.exec(text) ?? [];
  if (mark === undefined) return null;
  const suite: SuiteName = mark === MARKS.sm ? 'sm' : 'standard';
  const publicKey = Buffer.from(encoded, 'base64url');
  const recipient = { suite, publicKey };
  return publicKey.length === TRANSPORTS[suite].publicKeyBytes && recipientText(recipient) === text ? recipient : null;
}

/** By which persons compare a recipient, over the telephone: 16 hexadecimal digits of the suite's hash of its text. */
export function recipientFingerprint(recipient: Recipient): string {
  const text = Buffer.from(recipientText(recipient));
  return SUITES[recipient.suite].hash(text).subarray(0, FINGERPRINT_BYTES).toString('hex');
}

/** Seals bytes that only this recipient opens, with the same context only. @throws RangeError for bytes that are no public key */
export async function sealFor({ suite, publicKey }: Recipient, context: Uint8Array, plain: Uint8Array): Promise<SealedFor> {
  const { secret, encapsulated } = await TRANSPORTS[suite].encapsulate(publicKey);
  const sealed = new SealingKey(SUITES[suite], KEY_NUMBER, secret).seal(context, plain);
  secret.fill(0);
  return { encapsulated, sealed };
}

/** @throws UnsealError for what was sealed for another one, with another context, or was altered */
export function openAs({ suite, ...keys }: Recipient & RecipientKeyPair, context: Uint8Array, { encapsulated, sealed }: SealedFor): Buffer {
  const secret = TRANSPORTS[suite].decapsulate(keys, encapsulated);
  try {
    return new SealingKey(SUITES[suite], KEY_NUMBER, secret).open(context, sealed);
  } finally {
    secret.fill(0);
  }
}
