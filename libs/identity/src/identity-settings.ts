/** What an installation demands of its people. */
export interface IdentitySettings {
  passwordMinLength: number;
  /** 0: passwords do not grow old. */
  passwordMaxAgeDays: number;
  /** How many of the last passwords may not be used again. */
  passwordHistory: number;
  /** So many wrong guesses lock an account. */
  maxFailures: number;
  lockMinutes: number;
  sessionIdleMinutes: number;
  sessionMaxHours: number;
  /** Who must have a second factor; a tenant may ask everybody where the installation does not, and never the other way round. */
  secondFactor: 'administrators' | 'everybody';
}

/** As 等保 level 3 is usually read. */
export const DEFAULT_IDENTITY_SETTINGS: IdentitySettings = {
  passwordMinLength: 10,
  passwordMaxAgeDays: 90,
  passwordHistory: 5,
  maxFailures: 5,
  lockMinutes: 30,
  sessionIdleMinutes: 30,
  sessionMaxHours: 12,
  secondFactor: 'everybody',
};
