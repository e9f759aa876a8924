import type { ConsentTerms } from '@app/contracts';

/** The terms that hold, and which version of the tenant's policy they are. */
export interface ConsentPolicy extends ConsentTerms {
  /** From 1; 0 for a tenant that has none of its own. */
  version: number;
  setBy: { id: string; name: string } | null;
  setAt: Date | null;
}

/** The policy of a tenant that has none of its own. */
export const NO_CONSENT_POLICY: ConsentPolicy = {
  ...{ version: 0, demandsReference: false, defaultReference: null, defaultPurpose: null },
  ...{ setBy: null, setAt: null },
};
