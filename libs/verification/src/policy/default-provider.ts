/** Injection token of the provider that is asked when neither a request nor its tenant's policy names one. */
export const DEFAULT_PROVIDER = Symbol('DEFAULT_PROVIDER');
