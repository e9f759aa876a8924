export { isMasterKeyList } from './master-keys';
export { type SealContext, Sealer } from './sealer';
export { UnsealError } from './unseal.error';
