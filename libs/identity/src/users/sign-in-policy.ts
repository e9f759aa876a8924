import { holdsAdministration, type Role } from '@app/tenancy';
import { DAY_MS } from '../identity-parts';
import type { IdentitySettings } from '../identity-settings';
import type { SignInPolicy } from '../policy/sign-in-policy.entity';
import type { UserSource } from './user.entity';

/** What decides what a person who signed in must do before anything else. */
export interface SignInFacts {
  source: UserSource;
  roles: readonly Role[];
  mustChangePassword: boolean;
  passwordMadeAt: Date | null;
  hasSecondFactor: boolean;
  /** The tenant's own rule, which can only add to the installation's. */
  secondFactorPolicy: SignInPolicy['secondFactor'];
}

/** What a person must do before the roles count. */
export interface Duties {
  mustChangePassword: boolean;
  mustEnrolSecondFactor: boolean;
}

/** A one-time password, an old one and a missing second factor each let a person do nothing else than mend it. */
export function dutiesOf(facts: SignInFacts, settings: IdentitySettings, now: Date): Duties {
  const maxAgeMs = settings.passwordMaxAgeDays * DAY_MS;
  const isOld = maxAgeMs > 0 && facts.passwordMadeAt !== null && now.getTime() - facts.passwordMadeAt.getTime() >= maxAgeMs;
  const isForEverybody = [settings.secondFactor, facts.secondFactorPolicy].includes('everybody');
  const needsSecondFactor = isForEverybody || holdsAdministration(facts.roles);
  return {
    mustChangePassword: facts.source === 'local' && (facts.mustChangePassword || isOld),
    mustEnrolSecondFactor: needsSecondFactor && !facts.hasSecondFactor,
  };
}
