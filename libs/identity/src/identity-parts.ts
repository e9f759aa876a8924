import type { AuditLog } from '@app/audit';
import type { UnitOfWork } from '@app/database';
import type { Clock } from './clock';
import type { IdentitySettings } from './identity-settings';

/** What every service of this room works with. */
export interface IdentityParts {
  unitOfWork: UnitOfWork;
  audit: AuditLog;
  clock: Clock;
  settings: IdentitySettings;
  /** The installation's hash key: tokens, codes and passwords are of no use to whoever has the database alone. */
  hashKey: string;
}

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;
