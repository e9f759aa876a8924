export type { DataClass } from './data-class';
export { type KeyHolder, Keyring, type SealPlace } from './keyring';
