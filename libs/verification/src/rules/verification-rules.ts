/** Version of the rules by which requests are decided. */
export const VERIFICATION_RULES_VERSION = 1;
