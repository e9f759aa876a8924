import type { Keyring } from '@app/keyring';
import type { DataSource } from 'typeorm';
import { Departments } from './departments/departments.service';
import { Identities } from './external/identities.service';
import { Admission } from './federation/admission';
import { Federation } from './federation/federation';
import { LdapSignIn } from './federation/ldap-sign-in';
import { OidcSignIn } from './federation/oidc-sign-in';
import { NO_SOURCES, type SignInSettings } from './federation/settings/read-sign-in-file';
import type { IdentityParts } from './identity-parts';
import type { Argon2Cost } from './passwords/argon2-phc';
import { KnownPasswords } from './passwords/known-passwords';
import { PasswordHashing } from './passwords/password-hashing';
import type { PasswordList } from './passwords/password-list';
import { PasswordStore } from './passwords/password.store';
import { Passwords } from './passwords/passwords.service';
import { SignInPolicies } from './policy/sign-in-policies.service';
import { SecondFactorStore } from './second-factor/second-factor.store';
import { SecondFactors } from './second-factor/second-factors.service';
import { SessionStore } from './sessions/session.store';
import { Sessions } from './sessions/sessions.service';
import { AddressThrottle } from './sign-in/address-throttle';
import { CodeProof } from './sign-in/code-proof';
import { Guesses } from './sign-in/guesses';
import { PasswordProof } from './sign-in/password-proof';
import { Reconfirmation } from './sign-in/reconfirmation';
import { Refusals } from './sign-in/refusals';
import { SignInTenants } from './sign-in/sign-in-tenant';
import { SignIn } from './sign-in/sign-in.service';
import { UserStore } from './users/user.store';
import { Users } from './users/users.service';

/** The services of this room, put together once for a process. */
export interface Identity {
  users: Users;
  departments: Departments;
  passwords: Passwords;
  hashing: PasswordHashing;
  secondFactors: SecondFactors;
  sessions: Sessions;
  signIn: SignIn;
  reconfirmation: Reconfirmation;
  identities: Identities;
  federation: Federation;
  signInPolicies: SignInPolicies;
}

/** What differs from one installation to the next, beside its settings. */
export interface IdentityOptions {
  cost?: Argon2Cost | undefined;
  sources?: SignInSettings | undefined;
  passwordList?: PasswordList | null | undefined;
}

/** Puts the services together around a database and the installation's keys. */
export function createIdentity(
  dataSource: DataSource,
  keyring: Keyring,
  parts: IdentityParts,
  { cost, sources = NO_SOURCES, passwordList = null }: IdentityOptions = {},
): Identity {
  const store = new UserStore();
  const passwordStore = new PasswordStore();
  const hashing = new PasswordHashing(parts.hashKey, cost);
  const sessions = new Sessions(new SessionStore(dataSource), parts);
  const secondFactors = new SecondFactors(new SecondFactorStore(), store, keyring, sessions, parts);
  const refusals = new Refusals(parts);
  const guesses = new Guesses(parts.settings);
  const limits = { guesses, throttle: new AddressThrottle(parts.hashKey), refusals };
  const passwordProof = new PasswordProof(parts, store, passwordStore, hashing, limits);
  const codeProof = new CodeProof(parts, store, secondFactors, limits);
  const passwords = new Passwords(passwordStore, hashing, new KnownPasswords(passwordList), store, sessions, parts);
  const proofs = { users: store, secondFactors, sessions, passwordProof, codeProof };
  const tenants = new SignInTenants(dataSource);
  const signInPolicies = new SignInPolicies(parts);
  const signIn = new SignIn({ ...proofs, passwords: passwordStore, hashing, tenants, policies: signInPolicies, refusals }, parts);
  const users = new Users(parts, store, { passwords, secondFactors, sessions, guesses });
  const reconfirmation = new Reconfirmation(parts, proofs);
  const identities = new Identities(parts, { users, store, secondFactors, signIn, refusals });
  const departments = new Departments(parts);
  const admission = new Admission(tenants, departments, identities);
  const oidc = new OidcSignIn(parts, { ...limits, admission });
  const federation = new Federation(sources, oidc, new LdapSignIn(parts, { users: store, ...limits, admission }));
  return {
    users,
    departments,
    passwords,
    hashing,
    secondFactors,
    sessions,
    signIn,
    reconfirmation,
    identities,
    federation,
    signInPolicies,
  };
}
