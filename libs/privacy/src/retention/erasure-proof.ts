import type { RetentionClass } from '@app/contracts';

/** That a part of a record was erased. */
export interface ErasureProof {
  id: string;
  class: RetentionClass;
  recordType: string;
  recordId: string;
  rule: string;
  sha256: string;
  objectCount: number;
  erasedAt: Date;
}

/** A part whose row was changed already and whose objects are still to be deleted. */
export interface ErasureMark {
  class: RetentionClass;
  recordType: string;
  recordId: string;
  rule: string;
  sha256: string;
  objectKeys: string[];
}
