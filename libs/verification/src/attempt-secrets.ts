import { randomBytes } from 'node:crypto';
import { type KeyHolder, Keyring, type SealPlace } from '@app/keyring';
import type { Attempt } from './attempt.entity';

/** A provider's own words, which may repeat what it knows of the bill, sealed for their attempt. */
export async function sealedProviderMessage(keyring: Keyring, holder: KeyHolder, { id, providerMessage }: Attempt): Promise<Buffer | null> {
  return providerMessage === null ? null : keyring.seal(holder, messagePlace(id), Buffer.from(providerMessage));
}

/** The same attempt, in clear in memory. @throws UnsealError */
export async function openedAttempt(keyring: Keyring, holder: KeyHolder, attempt: Attempt): Promise<Attempt> {
  const { id, providerMessageSealed: sealed } = attempt;
  attempt.providerMessage = sealed === null ? null : (await keyring.open(holder, messagePlace(id), sealed)).toString();
  return attempt;
}

const REPLY_KEY_BYTES = 32;

/**
 * A new key under which egress seals the reply to the attempt, itself sealed. It is made once, with the attempt, whatever data key seals by the
 * time that egress is asked again, and goes with the attempt's end: from then on nobody can open what egress's journal still holds.
 */
export async function newReplyKeySealed(keyring: Keyring, holder: KeyHolder, attemptId: string): Promise<Buffer> {
  const key = randomBytes(REPLY_KEY_BYTES);
  try {
    return await keyring.seal(holder, replyKeyPlace(attemptId), key);
  } finally {
    key.fill(0);
  }
}

/** A reply key as egress is given it, or that it went with its data key. */
export type ReplyKey = { text: string } | 'destroyed';

/** The attempt's reply key as egress is given it. @throws UnsealError */
export async function openReplyKey(keyring: Keyring, holder: KeyHolder, attemptId: string, sealed: Buffer): Promise<string> {
  return (await keyring.open(holder, replyKeyPlace(attemptId), sealed)).toString('base64url');
}

/** Where the key of egress's copy of a reply is sealed. */
export const replyKeyPlace = (rowId: string): SealPlace => ({ dataClass: 'detail', purpose: 'attempt.reply_key', rowId });
/** Where a provider's own words are sealed. */
export const messagePlace = (rowId: string): SealPlace => ({ dataClass: 'detail', purpose: 'attempt.provider_message', rowId });
