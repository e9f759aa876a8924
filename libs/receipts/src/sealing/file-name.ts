import { type KeyHolder, Keyring, type SealPlace } from '@app/keyring';

/** The name of an upload, sealed for its receipt. */
export async function sealedFileName(keyring: Keyring, holder: KeyHolder, receipt: { id: string; fileName: string }): Promise<Buffer> {
  return keyring.seal(holder, fileNamePlace(receipt.id), Buffer.from(receipt.fileName));
}

/** Empty where the name was erased. @throws UnsealError */
export async function openedFileName(
  keyring: Keyring,
  holder: KeyHolder,
  receipt: { id: string; fileNameSealed: Buffer | null },
): Promise<string> {
  const { id, fileNameSealed: sealed } = receipt;
  return sealed === null ? '' : (await keyring.open(holder, fileNamePlace(id), sealed)).toString();
}

/** Where the name of an upload is sealed. */
export const fileNamePlace = (rowId: string): SealPlace => ({ dataClass: 'personal', purpose: 'receipt.file_name', rowId });
