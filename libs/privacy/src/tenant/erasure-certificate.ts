/** What was erased of one table. */
export interface ErasedTable {
  name: string;
  rows: number;
  /** SHA-256 over the sorted SHA-256 hashes of the rows. */
  sha256: string;
}

/** A person, or an operator, as the approval knows them. */
export interface CertifiedPerson {
  type: string;
  id: string;
  name: string;
}

/** Says that everything of a tenant was erased. Signed as the exact bytes that are stored. */
export interface ErasureCertificate {
  format: 'piaoyan-erasure-certificate/2';
  id: string;
  tenant: { id: string; name: string };
  erasedAt: string;
  erasedBy: string;
  /** Who asked for it and who, another one, approved it. */
  approval: {
    id: string;
    reason: string | null;
    proposedBy: CertifiedPerson;
    proposedAt: string;
    approvedBy: CertifiedPerson;
    approvedAt: string;
  };
  tables: ErasedTable[];
  objects: number;
  /** Tables that keep their rows: the audit, and the proofs of earlier erasures. */
  kept: { name: string; rows: number }[];
}

/** Signs certificates. */
export interface CertificateSigner {
  /** Such as `Ed25519`. */
  algorithm: string;
  /** In base 64, as the algorithm writes it. */
  publicKey: string;
  sign(bytes: Uint8Array): Promise<Buffer>;
}

/** A certificate with what proves it. `text` is what was signed, byte for byte. */
export interface SignedCertificate {
  text: string;
  algorithm: string;
  publicKey: string;
  signature: string;
}
