/** When, and by which rule: `retention/` and the version of the rules, or `subject/` and a request. */
export interface ErasureStamp {
  at: Date;
  rule: string;
}

/** A part of a record that was erased, or will be once its objects are deleted. */
export interface Erased {
  recordType: 'receipt' | 'verification' | 'batch' | 'webhookEvent';
  recordId: string;
  /** SHA-256 of what was erased, lower-case hexadecimal; of an original, that of the uploaded bytes. */
  sha256: string;
  /** What is still to be deleted from the object store. */
  objectKeys: string[];
}

/** What is due: older than `before`, at most `limit`, and under no legal hold. */
export interface DueQuery {
  before: Date;
  limit: number;
}
