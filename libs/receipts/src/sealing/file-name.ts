import { type KeyHolder, Keyring, type SealPlace } from '@app/keyring';

/** The name of an upload, sealed for its receipt. */
export async function sealedFileName(keyring: Keyring, holder: KeyHolder, receipt: { id: string; fileName: string }): Promise<Buffer> {
  return keyring.seal(holder, placeOf(receipt.id), Buffer.from(receipt.fileName));
}

/** @throws UnsealError */
export async function openedFileName(
  keyring: Keyring,
  holder: KeyHolder,
  receipt: { id: string; fileNameSealed: Buffer },
): Promise<string> {
  return (await keyring.open(holder, placeOf(receipt.id), receipt.fileNameSealed)).toString();
}

const placeOf = (rowId: string): SealPlace => ({ dataClass: 'personal', purpose: 'receipt.file_name', rowId });
