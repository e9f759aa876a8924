import type { KeyHolder } from './data-keys';
import type { Keyring, SealPlace } from './keyring';

/** Seals a value as JSON; null stays null. */
export async function sealJson(keyring: Keyring, holder: KeyHolder, place: SealPlace, value: unknown): Promise<Buffer | null> {
  return value === null ? null : keyring.seal(holder, place, Buffer.from(JSON.stringify(value)));
}

/** What `sealJson` sealed there. @throws UnsealError */
export async function openJson<T>(keyring: Keyring, holder: KeyHolder, place: SealPlace, sealed: Uint8Array | null): Promise<T | null> {
  return sealed === null ? null : (JSON.parse((await keyring.open(holder, place, sealed)).toString()) as T);
}
