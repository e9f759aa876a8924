import { type Suite, type SuiteName, SUITES } from '@app/crypto';

/** What the audit needs of a suite: `hash` for leaves, segments and links, `signing` for signatures. */
export type AuditSuite = Pick<Suite, 'name' | 'hash' | 'signing'>;
export type AuditSuiteName = SuiteName;

/** The suites by their names: SHA-256 and Ed25519, or SM3 and SM2 with the default ID. */
export const AUDIT_SUITES: Readonly<Record<AuditSuiteName, AuditSuite>> = SUITES;
