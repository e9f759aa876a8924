import { AuditEntry } from '@app/audit';
import { DatabaseModule, type TenantContext } from '@app/database';
import {
  DEFAULT_IDENTITY_SETTINGS,
  IDENTITY_ENTITIES,
  IdentityModule,
  type IdentitySettings,
  type OpenedSession,
  Passwords,
  Reconfirmation,
  SecondFactors,
  Sessions,
  type SignedIn,
  SignIn,
  type UserWithPassword,
  Users,
} from '@app/identity';
import { KeyringModule } from '@app/keyring';
import { type Role, Tenant } from '@app/tenancy';
import type { Type } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { Secret, TOTP } from 'otpauth';
import { Client } from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { createTestDatabase, type TestDatabase } from './test-database';

export const HASH_KEY = 'k'.repeat(32);
export const KEYS = { masterKey: 'e'.repeat(64), suite: 'standard' as const };
/** Far less than people's passwords are hashed with: these tests are not about it. */
export const COST = { memoryKiB: 256, passes: 2, lanes: 1 };
export const HOME = '10.1.1.1';
export const ELSEWHERE = '10.9.9.9';
export const MINUTE_MS = 60_000;
export const GOOD = 'Kx7-tulip-garden';
export const BETTER = 'Zw9+river-lantern';

/** Wednesday morning, and it stands still until a test moves it. */
export class TestClock {
  private at = Date.parse('2026-11-25T01:00:00Z');
  now = (): Date => new Date(this.at);
  pass(ms: number): void {
    this.at += ms;
  }
}

/** A user who has changed the one-time password to `GOOD`. */
export interface SettledUser {
  id: string;
  login: string;
  oneTimePassword: string;
  first: OpenedSession;
  session: OpenedSession;
}

/** The room of people on a database of its own, with two tenants called `first` and `second`. */
export interface IdentityBench {
  clock: TestClock;
  database: TestDatabase;
  tenantIds: readonly [string, string];
  get<T>(service: Type<T>): T;
  rows<R extends object>(sql: string, params?: unknown[]): Promise<R[]>;
  /** Somebody who acts, and is no user. */
  by(name: string, tenant?: 0 | 1): TenantContext;
  users(): Users;
  signIn(login: string, password: string, address?: string, tenant?: string): Promise<OpenedSession>;
  sessionOf(token: string, address?: string): ReturnType<Sessions['recognise']>;
  /** Who a session belongs to; it must be one. */
  recognise(session: Pick<OpenedSession, 'token'>): Promise<SignedIn>;
  codeOf(secret: string, at?: Date): string;
  auditOf(id: string): Promise<{ action: string; detail: Record<string, unknown>; actor_name: string }[]>;
  settled(roles?: readonly Role[]): Promise<SettledUser>;
  withTotp(roles?: readonly Role[]): Promise<SettledUser & { secret: string; recoveryCodes: string[] }>;
  close(): Promise<void>;
}

/** Starts the bench. A second factor is asked of administrators alone unless told. */
export async function createIdentityBench(changes: Partial<IdentitySettings> = {}): Promise<IdentityBench> {
  const clock = new TestClock();
  const database = await createTestDatabase();
  const superuser = new Client({ connectionString: database.superuserUrl });
  await superuser.connect();
  const tenantIds = [uuidv7(), uuidv7()] as const;
  await superuser.query('insert into tenant (id, name) values ($1, $3), ($2, $4)', [...tenantIds, 'first', 'second']);
  const settings: IdentitySettings = { ...DEFAULT_IDENTITY_SETTINGS, secondFactor: 'administrators', ...changes };
  const module = await Test.createTestingModule({
    imports: [
      DatabaseModule.forRoot({ url: database.apiUrl, applicationName: 'spec', entities: [Tenant, AuditEntry, ...IDENTITY_ENTITIES] }),
      KeyringModule.forRoot(KEYS),
      IdentityModule.forRoot({ hashKey: HASH_KEY, clock, settings, passwordCost: COST }),
    ],
  }).compile();
  module.useLogger(false);

  const get = <T>(service: Type<T>): T => module.get(service);
  const rows = async <R extends object>(sql: string, params: unknown[] = []): Promise<R[]> => (await superuser.query<R>(sql, params)).rows;
  const by: IdentityBench['by'] = (name, tenant = 0) => ({
    tenantId: tenantIds[tenant],
    actor: { type: 'user', id: `id of ${name}`, name },
  });
  const signIn: IdentityBench['signIn'] = (login, password, address = HOME, tenant = 'first') =>
    get(SignIn).withPassword({ tenant, login, password, address });
  const sessionOf: IdentityBench['sessionOf'] = (token, address = HOME) => get(Sessions).recognise(token, address);
  const recognise: IdentityBench['recognise'] = async ({ token }) => (await sessionOf(token))!.authentication;
  const codeOf: IdentityBench['codeOf'] = (secret, at = clock.now()) =>
    new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: at.getTime() });

  let made = 0;
  const settled: IdentityBench['settled'] = async (roles = ['clerk']) => {
    const login = `user.${(made += 1)}`;
    const { user, oneTimePassword }: UserWithPassword = await get(Users).create(by('maker'), { login, displayName: `用户${made}` });
    await get(Users).setRoles(by('granter'), user.id, roles);
    const first = await signIn(login, oneTimePassword);
    const change = { current: oneTimePassword, next: GOOD, address: HOME };
    const session = await get(Passwords).change(await recognise(first), change, get(Reconfirmation));
    return { id: user.id, login, oneTimePassword, first, session };
  };
  const withTotp: IdentityBench['withTotp'] = async (roles = ['clerk']) => {
    const user = await settled(roles);
    const signedIn = await recognise(user.session);
    const { secret } = await get(SecondFactors).enrol(signedIn);
    const recoveryCodes = await get(SecondFactors).confirm(signedIn, codeOf(secret));
    clock.pass(MINUTE_MS);
    return { ...user, secret, recoveryCodes };
  };
  return {
    ...{ clock, database, tenantIds, get, rows, by, signIn, sessionOf, recognise, codeOf, settled, withTotp },
    users: () => get(Users),
    auditOf: (id) => rows('select action, detail, actor_name from audit_entry where target_id = $1 order by id', [id]),
    close: async () => {
      await module.close();
      await superuser.end();
      await database.drop();
    },
  };
}
