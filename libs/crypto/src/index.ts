export { ConfiguredMasterKeys } from './master/configured-master-keys';
export { MasterKeyChain } from './master/master-key-chain';
export { isMasterKeyList } from './master/master-key-list';
export type { MasterKeys, WrappedKey } from './master/master-keys';
export { HEAD_BYTES, readHead, type SealedHead, writeHead } from './sealing/sealed-head';
export { SealingKey, SECRET_BYTES } from './sealing/sealing-key';
export { startingWith } from './sealing/starting-with';
export { readStreamHead } from './sealing/stream-head';
export { UnsealError } from './sealing/unseal.error';
export type { SigningAlgorithm, SigningKeyPair } from './signing/signing-algorithm';
export { hashSuiteOf, installationHash, SM_HASH_KEY_MARK } from './suite/installation-hash';
export { type Suite, SUITE_NAMES, type SuiteName } from './suite/suite';
export { SUITES, suiteOf } from './suite/suites';
export type { RecipientKeyPair } from './transport/key-transport';
export {
  newRecipientKeys,
  openAs,
  readRecipient,
  type Recipient,
  recipientFingerprint,
  recipientText,
  type SealedFor,
  sealFor,
} from './transport/recipient';
export { SERVER_TLS } from './transport/server-tls';
