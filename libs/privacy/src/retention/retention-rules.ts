import type { RetentionDays } from '@app/contracts';

/** The rules of a tenant at one time. Version 0 are those of the installation, set by no one. */
export interface RetentionRules {
  version: number;
  days: RetentionDays;
  setBy: { id: string; name: string } | null;
  setAt: Date | null;
}

/**
 * What holds until a tenant says otherwise: a provider's detail half a year after its verdict, rejected uploads a month. For originals and
 * readings no period is assumed: the bank's accounting rules decide, and the often quoted years are unconfirmed.
 */
export const DEFAULT_RULES: RetentionRules = {
  version: 0,
  days: { verdict: null, original: null, detail: 180, personal: null, rejected: 30, draft: 30, delivery: 90 },
  setBy: null,
  setAt: null,
};
