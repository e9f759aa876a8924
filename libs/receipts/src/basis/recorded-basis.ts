import type { ProcessingBasis } from '@app/contracts';
import type { ConsentPolicy } from './consent-policy';

/** A basis as it is put on record: what the request said, and what the tenant's policy says where it did not. */
export interface RecordedBasis extends ProcessingBasis {
  isReferenceDefault: boolean;
  isPurposeDefault: boolean;
  /** Of the policy that filled either; null where it filled nothing. */
  policyVersion: number | null;
}

/** What is to be recorded of a request under a policy; null where neither says anything. */
export function recordedBasis(
  given: ProcessingBasis | undefined,
  { version, defaultReference, defaultPurpose }: ConsentPolicy,
): RecordedBasis | null {
  const { consentReference = null, processingPurpose = null } = given ?? {};
  const isReferenceDefault = consentReference === null && defaultReference !== null;
  const isPurposeDefault = processingPurpose === null && defaultPurpose !== null;
  const basis = { consentReference: consentReference ?? defaultReference, processingPurpose: processingPurpose ?? defaultPurpose };
  if (basis.consentReference === null && basis.processingPurpose === null) return null;
  return { ...basis, isReferenceDefault, isPurposeDefault, policyVersion: isReferenceDefault || isPurposeDefault ? version : null };
}
