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

/** Where a provider's own words are sealed. */
export const messagePlace = (rowId: string): SealPlace => ({ dataClass: 'detail', purpose: 'attempt.provider_message', rowId });
