import {
  type MasterKeys,
  newRecipientKeys,
  readRecipient,
  type Recipient,
  type RecipientKeyPair,
  recipientFingerprint,
  recipientText,
  type SuiteName,
  SUITES,
} from '@app/crypto';
import { z } from 'zod';
import { KeyPackageError } from './key-package';

const FORMAT = 'piaoyan-key-recipient/1';

const RecipientFile = z.strictObject({
  format: z.literal(FORMAT),
  /** What the other side is given. */
  recipient: z.string().max(200),
  /** Fingerprint of the master key of this side that wraps the private key. */
  masterKey: z.string().regex(/^[0-9a-f]{16}$/),
  wrapped: z.base64().max(1_000),
});

/** A recipient as it is kept in a file: its private key is wrapped by a master key of the side that receives. */
export type RecipientFile = z.infer<typeof RecipientFile>;

export async function makeRecipientFile(masterKeys: MasterKeys, suite: SuiteName): Promise<{ file: RecipientFile; fingerprint: string }> {
  const { privateKey, publicKey } = await newRecipientKeys(suite);
  const recipient = recipientText({ suite, publicKey });
  const { masterKey, bytes } = await masterKeys.wrap(SUITES[suite], contextOf(recipient), privateKey);
  privateKey.fill(0);
  const file: RecipientFile = { format: FORMAT, recipient, masterKey, wrapped: bytes.toString('base64') };
  return { file, fingerprint: recipientFingerprint({ suite, publicKey }) };
}

/** @throws KeyPackageError for a text that is no such file, UnsealError without its master key */
export async function openRecipientFile(masterKeys: MasterKeys, text: string): Promise<Recipient & RecipientKeyPair> {
  const { recipient, masterKey, wrapped } = readFile(text);
  const known = readRecipient(recipient);
  if (known === null) throw new KeyPackageError('the file of the recipient names no public key');
  const privateKey = await masterKeys.unwrap(contextOf(recipient), { masterKey, bytes: Buffer.from(wrapped, 'base64') });
  return { ...known, privateKey };
}

function readFile(text: string): RecipientFile {
  try {
    return RecipientFile.parse(JSON.parse(text));
  } catch (error) {
    throw new KeyPackageError('the file of the recipient is none', { cause: error });
  }
}

const contextOf = (recipient: string): Buffer => Buffer.from(JSON.stringify(['key-recipient', recipient]));
