import { AuditLog, AuditModule } from '@app/audit';
import { UnitOfWork } from '@app/database';
import { Keyring } from '@app/keyring';
import { type DynamicModule, Module, type Provider } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type Clock, SYSTEM_CLOCK } from './clock';
import { Departments } from './departments/departments.service';
import { Identities } from './external/identities.service';
import { Federation } from './federation/federation';
import type { SignInSettings } from './federation/settings/read-sign-in-file';
import { createIdentity, type Identity } from './identity';
import type { IdentitySettings } from './identity-settings';
import type { Argon2Cost } from './passwords/argon2-phc';
import { PasswordList } from './passwords/password-list';
import { Passwords } from './passwords/passwords.service';
import { SignInPolicies } from './policy/sign-in-policies.service';
import { SignInPolicySetAct } from './policy/sign-in-policy-set.act';
import { SecondFactors } from './second-factor/second-factors.service';
import { Sessions } from './sessions/sessions.service';
import { Reconfirmation } from './sign-in/reconfirmation';
import { SignIn } from './sign-in/sign-in.service';
import { Users } from './users/users.service';

/** What the room needs beside the database. */
export interface IdentityModuleOptions {
  hashKey: string;
  settings: IdentitySettings;
  /** Where else than here people's identities are kept; nowhere unless told. */
  sources?: SignInSettings;
  clock?: Clock;
  /** File of passwords and words that are refused beside the published ones. */
  passwordListFile?: string | undefined;
  /** Of Argon2id; what OWASP recommends unless told. */
  passwordCost?: Argon2Cost;
}

const IDENTITY = Symbol('IDENTITY');

/** Each service by its class, taken from the whole. */
const SERVICES: Provider[] = [
  { provide: Users, inject: [IDENTITY], useFactory: ({ users }: Identity) => users },
  { provide: Departments, inject: [IDENTITY], useFactory: ({ departments }: Identity) => departments },
  { provide: Passwords, inject: [IDENTITY], useFactory: ({ passwords }: Identity) => passwords },
  { provide: SecondFactors, inject: [IDENTITY], useFactory: ({ secondFactors }: Identity) => secondFactors },
  { provide: Sessions, inject: [IDENTITY], useFactory: ({ sessions }: Identity) => sessions },
  { provide: SignIn, inject: [IDENTITY], useFactory: ({ signIn }: Identity) => signIn },
  { provide: Reconfirmation, inject: [IDENTITY], useFactory: ({ reconfirmation }: Identity) => reconfirmation },
  { provide: Identities, inject: [IDENTITY], useFactory: ({ identities }: Identity) => identities },
  { provide: Federation, inject: [IDENTITY], useFactory: ({ federation }: Identity) => federation },
  { provide: SignInPolicies, inject: [IDENTITY], useFactory: ({ signInPolicies }: Identity) => signInPolicies },
  { provide: SignInPolicySetAct, inject: [IDENTITY], useFactory: ({ signInPolicies }: Identity) => new SignInPolicySetAct(signInPolicies) },
];

/** Provides the room's services. Needs the database and the keyring module. */
@Module({})
export class IdentityModule {
  static forRoot({ hashKey, settings, clock = SYSTEM_CLOCK, ...options }: IdentityModuleOptions): DynamicModule {
    const identity: Provider = {
      provide: IDENTITY,
      inject: [DataSource, UnitOfWork, AuditLog, Keyring],
      useFactory: async (dataSource: DataSource, unitOfWork: UnitOfWork, audit: AuditLog, keyring: Keyring): Promise<Identity> => {
        const { sources, passwordCost: cost, passwordListFile } = options;
        const passwordList = passwordListFile === undefined ? null : await PasswordList.read(passwordListFile);
        const parts = { unitOfWork, audit, clock, settings, hashKey };
        const made = createIdentity(dataSource, keyring, parts, { cost, sources, passwordList });
        await made.hashing.prepare();
        return made;
      },
    };
    return {
      module: IdentityModule,
      imports: [AuditModule],
      providers: [identity, ...SERVICES],
      exports: [
        Users,
        Departments,
        Passwords,
        SecondFactors,
        Sessions,
        SignIn,
        Reconfirmation,
        Identities,
        Federation,
        SignInPolicies,
        SignInPolicySetAct,
      ],
    };
  }
}
