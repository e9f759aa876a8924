export { checkEntryProof, EntryProof, ProvenEntry } from './entry-proof';
export { type EvidencePack, EvidencePacks } from './evidence-packs';
export { EvidenceModule } from './evidence.module';
export { InclusionProofs } from './inclusion-proofs';
export { Manifest } from './manifest';
export { PackError, type PackFault } from './pack.error';
export { signPack } from './sign-pack';
export { type PackPart, readStoredZip, writeStoredZip } from './stored-zip';
export { type KnownKeys, type PackVerdict, verifyPack } from './verify-pack';
