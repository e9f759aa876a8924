export type { DataClass } from './data-class';
export { type KeyHolder, Keyring, type SealPlace } from './keyring';
export { KeyringModule } from './keyring.module';
export { openJson, sealJson } from './sealed-json';
export { createKeyring, type KeyringOptions } from './create-keyring';
