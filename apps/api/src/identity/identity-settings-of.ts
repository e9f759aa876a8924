import type { ApiConfig } from '@app/config';
import type { IdentitySettings } from '@app/identity';

/** Injection token of `IdentitySettings`. */
export const IDENTITY_SETTINGS = Symbol('IDENTITY_SETTINGS');

/** What the operator demands of people. */
export function identitySettingsOf(config: ApiConfig): IdentitySettings {
  return {
    passwordMinLength: config.PIAOYAN_PASSWORD_MIN_LENGTH,
    passwordMaxAgeDays: config.PIAOYAN_PASSWORD_MAX_AGE_DAYS,
    passwordHistory: config.PIAOYAN_PASSWORD_HISTORY,
    maxFailures: config.PIAOYAN_SIGN_IN_MAX_FAILURES,
    lockMinutes: config.PIAOYAN_SIGN_IN_LOCK_MINUTES,
    sessionIdleMinutes: config.PIAOYAN_SESSION_IDLE_MINUTES,
    sessionMaxHours: config.PIAOYAN_SESSION_MAX_HOURS,
    secondFactor: config.PIAOYAN_SECOND_FACTOR,
  };
}
