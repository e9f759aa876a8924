import { AuditEntry } from '@app/audit';
import { ProblemError } from '@app/contracts';
import { DatabaseModule, type TenantContext, UnitOfWork } from '@app/database';
import { KeyringModule } from '@app/keyring';
import { Tenant } from '@app/tenancy';
import { Test, type TestingModule } from '@nestjs/testing';
import { Secret, TOTP } from 'otpauth';
import { Client } from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { createTestDatabase, type TestDatabase } from '../../../test/support/test-database';
import { withUserAdmin } from './admin/with-user-admin';
import {
  DEFAULT_IDENTITY_SETTINGS,
  Departments,
  Identities,
  IDENTITY_ENTITIES,
  IdentityModule,
  type OpenedSession,
  Passwords,
  Reconfirmation,
  recentlyAuthenticated,
  SecondFactors,
  Sessions,
  type SignedIn,
  SignIn,
  Users,
} from './index';
import { keyedHash } from './keyed-hash';
import { hashArgon2 } from './passwords/argon2-phc';
import { PasswordHashing } from './passwords/password-hashing';
import { newSessionToken } from './sessions/session-token';

const HASH_KEY = 'k'.repeat(32);
const KEYS = { masterKey: 'e'.repeat(64), suite: 'standard' as const };
/** Far less than people's passwords are hashed with: these tests are not about it. */
const COST = { memoryKiB: 256, passes: 2, lanes: 1 };
const HOME = '10.1.1.1';
const ELSEWHERE = '10.9.9.9';
const MINUTE_MS = 60_000;
const GOOD = 'Kx7-tulip-garden';
const BETTER = 'Zw9+river-lantern';

/** Wednesday morning, and it stands still until a test moves it. */
class TestClock {
  private at = Date.parse('2026-11-25T01:00:00Z');
  now = (): Date => new Date(this.at);
  pass(ms: number): void {
    this.at += ms;
  }
}

describe('people', () => {
  const clock = new TestClock();
  let database: TestDatabase;
  let superuser: Client;
  let api: TestingModule;
  let tenants: readonly [string, string];

  beforeAll(async () => {
    database = await createTestDatabase();
    superuser = new Client({ connectionString: database.superuserUrl });
    await superuser.connect();
    tenants = [uuidv7(), uuidv7()];
    await superuser.query('insert into tenant (id, name) values ($1, $3), ($2, $4)', [...tenants, 'first', 'second']);
    api = await Test.createTestingModule({
      imports: [
        DatabaseModule.forRoot({ url: database.apiUrl, applicationName: 'spec', entities: [Tenant, AuditEntry, ...IDENTITY_ENTITIES] }),
        KeyringModule.forRoot(KEYS),
        IdentityModule.forRoot({ hashKey: HASH_KEY, clock, settings: DEFAULT_IDENTITY_SETTINGS, passwordCost: COST }),
      ],
    }).compile();
    api.useLogger(false);
  });
  afterAll(async () => {
    await api.close();
    await superuser.end();
    await database.drop();
  });
  // Sign-ins of one test are not to throttle those of the next.
  beforeEach(() => superuser.query('delete from sign_in_throttle'));

  const rows = async <R extends object>(sql: string, params: unknown[] = []): Promise<R[]> => (await superuser.query<R>(sql, params)).rows;
  const by = (name: string, tenant: 0 | 1 = 0): TenantContext => ({
    tenantId: tenants[tenant],
    actor: { type: 'user', id: `id of ${name}`, name },
  });
  const users = () => api.get(Users);
  const signIn = (login: string, password: string, address = HOME, tenant = 'first') =>
    api.get(SignIn).withPassword({ tenant, login, password, address });
  const recognise = async ({ token }: Pick<OpenedSession, 'token'>): Promise<SignedIn> =>
    (await api.get(Sessions).recognise(token))!.authentication;
  const codeOf = (secret: string, at = clock.now()): string =>
    new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: at.getTime() });
  const auditOf = (id: string): Promise<{ action: string; detail: Record<string, unknown>; actor_name: string }[]> =>
    rows('select action, detail, actor_name from audit_entry where target_id = $1 order by id', [id]);

  let made = 0;
  /** A user who signed in and changed the one-time password to `GOOD`. */
  async function settled(roles: Parameters<Users['setRoles']>[2] = ['clerk']) {
    const login = `user.${(made += 1)}`;
    const { user, oneTimePassword } = await users().create(by('maker'), { login, displayName: `用户${made}` });
    await users().setRoles(by('granter'), user.id, roles);
    const first = await signIn(login, oneTimePassword);
    const session = await api
      .get(Passwords)
      .change(await recognise(first), { current: oneTimePassword, next: GOOD, address: HOME }, api.get(Reconfirmation));
    return { id: user.id, login, oneTimePassword, first, session };
  }
  async function withTotp(roles: Parameters<Users['setRoles']>[2] = ['clerk']) {
    const user = await settled(roles);
    const signedIn = await recognise(user.session);
    const { secret } = await api.get(SecondFactors).enrol(signedIn);
    const recoveryCodes = await api.get(SecondFactors).confirm(signedIn, codeOf(secret));
    clock.pass(MINUTE_MS);
    return { ...user, secret, recoveryCodes };
  }

  describe('a first sign-in', () => {
    it('lets a person do nothing but change the one-time password, and with it end every other session', async () => {
      const user = await settled(['reviewer']);
      const session = await recognise(user.session);
      expect(session).toMatchObject({
        method: 'session',
        tenant: { tenantId: tenants[0], actor: { type: 'user', id: user.id, name: user.login } },
      });
      expect(session.scopes).toContain('receipt.review');
      expect(await api.get(Sessions).recognise(user.first.token)).toBeNull();
      await expect(signIn(user.login, user.oneTimePassword)).rejects.toMatchObject({ code: 'sign-in-refused' });
      const { user: other, oneTimePassword } = await users().create(by('maker'), { login: 'fresh', displayName: 'x' });
      await users().setRoles(by('granter'), other.id, ['clerk']);
      const restricted = await recognise(await signIn('FRESH', oneTimePassword));
      expect([restricted.session.mustChangePassword, restricted.scopes.size]).toEqual([true, 0]);
    });

    it('is too late after three days', async () => {
      const { oneTimePassword } = await users().create(by('maker'), { login: 'late', displayName: 'x' });
      clock.pass(72 * 60 * MINUTE_MS);
      await expect(signIn('late', oneTimePassword)).rejects.toMatchObject({ code: 'sign-in-refused' });
    });

    it('needs no tenant where there is one only, and one here', async () => {
      const user = await settled();
      const without = api.get(SignIn).withPassword({ login: user.login, password: GOOD, address: HOME });
      await expect(without).rejects.toMatchObject({ code: 'sign-in-refused' });
    });
  });

  describe('a wrong sign-in', () => {
    it('is answered alike whatever is wrong with it', async () => {
      const user = await settled();
      const disabled = await settled();
      await users().change(by('maker'), disabled.id, { state: 'disabled' });
      const refusals = [
        signIn(user.login, 'wrong'),
        signIn('nobody.at.all', GOOD),
        signIn(user.login, GOOD, HOME, 'no such tenant'),
        signIn(user.login, GOOD, HOME, 'second'),
        signIn(disabled.login, GOOD),
        signIn('', ''),
        signIn(`' or 1=1 --`, GOOD),
      ];
      const told = (await Promise.allSettled(refusals)).map((one) => {
        const { code, status, message } = (one as PromiseRejectedResult).reason as { code: string; status: number; message: string };
        return JSON.stringify({ code, status, message });
      });
      expect(new Set(told).size).toBe(1);
      expect(told[0]).toContain('sign-in-refused');
    });

    it('is on record with login and address; a login that nobody has by its hash alone', async () => {
      const user = await settled();
      await expect(signIn(user.login, 'Wrong-Guess-1', ELSEWHERE)).rejects.toThrow();
      expect((await auditOf(user.id)).at(-1)).toMatchObject({
        action: 'session.refuse',
        detail: { act: 'signIn', reason: 'wrong', address: ELSEWHERE, login: user.login, failures: 1 },
      });
      await expect(signIn('My-Secret-Typed-Into-The-Login', 'x')).rejects.toThrow();
      const [last] = await rows<{ target_type: string; detail: object; all: string }>(
        `select target_type, detail, e::text as all from audit_entry e where action = 'session.refuse' order by id desc limit 1`,
      );
      expect(last).toMatchObject({ target_type: 'login', detail: { reason: 'unknown', login: null } });
      expect(last!.all).not.toContain('My-Secret');
    });

    it('locks at the fifth, for thirty minutes to the second, and an administrator unlocks', async () => {
      const user = await settled();
      for (let guess = 1; guess <= 4; guess += 1) await expect(signIn(user.login, 'wrong', ELSEWHERE)).rejects.toThrow();
      expect((await auditOf(user.id)).map(({ action }) => action)).not.toContain('user.lock');
      await expect(signIn(user.login, 'wrong', ELSEWHERE)).rejects.toThrow();
      expect((await auditOf(user.id)).at(-1)).toMatchObject({ action: 'user.lock', detail: { address: ELSEWHERE } });
      clock.pass(30 * MINUTE_MS - 1);
      await expect(signIn(user.login, GOOD, ELSEWHERE)).rejects.toMatchObject({ code: 'sign-in-refused' });
      clock.pass(1);
      await signIn(user.login, GOOD, ELSEWHERE);

      const other = await settled();
      for (let guess = 1; guess <= 5; guess += 1) await expect(signIn(other.login, 'wrong', ELSEWHERE)).rejects.toThrow();
      await users().unlock(by('maker'), other.id);
      await signIn(other.login, GOOD, ELSEWHERE);
    });

    it('cannot be tried more than five times at once', async () => {
      const user = await settled();
      await Promise.allSettled(Array.from({ length: 15 }, (_, guess) => signIn(user.login, `guess ${guess}`, ELSEWHERE)));
      const refused = (await auditOf(user.id)).filter(({ action }) => action === 'session.refuse').map(({ detail }) => detail['reason']);
      expect(refused.sort()).toEqual([...Array.from({ length: 10 }, () => 'locked'), ...Array.from({ length: 5 }, () => 'wrong')]);
      await expect(signIn(user.login, GOOD, ELSEWHERE)).rejects.toThrow();
    });

    it('is none when the crowd was too great to look at it', async () => {
      const user = await settled();
      const verify = jest.spyOn(PasswordHashing.prototype, 'verify').mockRejectedValue(new ProblemError('unavailable'));
      for (let guess = 1; guess <= 6; guess += 1)
        await expect(signIn(user.login, GOOD, ELSEWHERE)).rejects.toMatchObject({ code: 'unavailable' });
      verify.mockRestore();
      await signIn(user.login, GOOD, ELSEWHERE);
    });

    it('elsewhere does not lock the desk at which the user signed in', async () => {
      const user = await settled();
      for (let guess = 1; guess <= 6; guess += 1) await expect(signIn(user.login, 'wrong', ELSEWHERE)).rejects.toThrow();
      await expect(signIn(user.login, GOOD, ELSEWHERE)).rejects.toThrow();
      await signIn(user.login, GOOD, HOME);
      for (let guess = 1; guess <= 5; guess += 1) await expect(signIn(user.login, 'wrong', HOME)).rejects.toThrow();
      await expect(signIn(user.login, GOOD, HOME)).rejects.toThrow();
    });

    it('is throttled by address, on record once a window, without keeping those out who are known there', async () => {
      const [known, stranger] = [await settled(), await settled()];
      await signIn(known.login, GOOD, ELSEWHERE);
      const before = await rows('select from audit_entry');
      await Promise.allSettled(Array.from({ length: 40 }, (_, index) => signIn(`nobody.${index}`, 'x', ELSEWHERE)));
      // Thirty unknown ones, and the first one over the limit.
      expect((await rows('select from audit_entry')).length - before.length).toBe(31);
      await expect(signIn(stranger.login, GOOD, ELSEWHERE)).rejects.toMatchObject({ code: 'sign-in-refused' });
      await signIn(known.login, GOOD, ELSEWHERE);
      clock.pass(5 * MINUTE_MS);
      await signIn(stranger.login, GOOD, ELSEWHERE);
    });
  });

  describe('a password', () => {
    const change = async (session: OpenedSession, current: string, next: string) =>
      api.get(Passwords).change(await recognise(session), { current, next, address: HOME }, api.get(Reconfirmation));

    it('is changed by whoever knows it, to one that the rules take, which says why it takes others not', async () => {
      const { session, login } = await settled();
      await expect(change(session, 'wrong', BETTER)).rejects.toMatchObject({ code: 'proof-refused' });
      await expect(change(session, GOOD, 'short')).rejects.toMatchObject({
        code: 'password-unacceptable',
        errors: [
          { field: 'next', message: 'tooShort' },
          { field: 'next', message: 'tooSimple' },
        ],
      });
      await expect(change(session, GOOD, GOOD)).rejects.toMatchObject({ errors: [{ field: 'next', message: 'reused' }] });
      const renewed = await change(session, GOOD, BETTER);
      await expect(change(renewed, BETTER, GOOD)).rejects.toMatchObject({ errors: [{ field: 'next', message: 'reused' }] });
      await expect(signIn(login, GOOD)).rejects.toThrow();
      await signIn(login, BETTER);
    });

    it('must be changed when it is ninety days old', async () => {
      const { login } = await settled();
      clock.pass(90 * 24 * 60 * MINUTE_MS - 1);
      expect((await recognise(await signIn(login, GOOD))).scopes.size).toBeGreaterThan(0);
      clock.pass(1);
      expect(await recognise(await signIn(login, GOOD))).toMatchObject({ session: { mustChangePassword: true }, scopes: new Set() });
    });

    it('is made anew at sign-in when it was hashed more cheaply, and stands nowhere in clear', async () => {
      const { id, login } = await settled();
      const cheap = await hashArgon2(GOOD, keyedHash(HASH_KEY, 'password-pepper'), { ...COST, passes: 1 });
      await superuser.query('update user_password set hash = $2 where user_id = $1', [id, cheap]);
      await signIn(login, GOOD);
      const hashes = await rows<{ hash: string }>('select hash from user_password where user_id = $1 order by made_at desc, id desc', [id]);
      expect(hashes[0]!.hash).toMatch(/^\$argon2id\$v=19\$m=256,t=2,p=1\$/);
      const dump = await rows<{ row: string }>(
        'select a::text as row from audit_entry a union all select u::text from user_account u union all select p::text from user_password p',
      );
      expect(JSON.stringify(dump)).not.toContain(GOOD);
    });
  });

  describe('a second factor', () => {
    it('is asked for after the password, with a new token, and opens once with each code', async () => {
      const user = await withTotp();
      const waiting = await signIn(user.login, GOOD);
      const waitingFacts = await recognise(waiting);
      expect([waiting.stage, waitingFacts.scopes.size]).toEqual(['secondFactor', 0]);
      const code = codeOf(user.secret);
      const opened = await api.get(SignIn).withCode(waitingFacts, code, HOME);
      expect(opened.token).not.toBe(waiting.token);
      expect(await api.get(Sessions).recognise(waiting.token)).toBeNull();
      expect((await recognise(opened)).scopes.size).toBeGreaterThan(0);
      const again = await recognise(await signIn(user.login, GOOD));
      await expect(api.get(SignIn).withCode(again, code, HOME)).rejects.toMatchObject({ code: 'proof-refused' });
      clock.pass(30_000);
      await api.get(SignIn).withCode(again, codeOf(user.secret), HOME);
    });

    it('takes the code of the step before and after, and no other', async () => {
      const user = await withTotp();
      const codeAt = (steps: number) => codeOf(user.secret, new Date(clock.now().getTime() + steps * 30_000));
      const waiting = await recognise(await signIn(user.login, GOOD));
      for (const steps of [-2, 2])
        await expect(api.get(SignIn).withCode(waiting, codeAt(steps), HOME)).rejects.toMatchObject({ code: 'proof-refused' });
      for (const steps of [-1, 1]) await api.get(SignIn).withCode(await recognise(await signIn(user.login, GOOD)), codeAt(steps), HOME);
    });

    it('has ten recovery codes, each good once, of which new ones end the old', async () => {
      const user = await withTotp();
      expect(user.recoveryCodes).toHaveLength(10);
      const [first = '', second = ''] = user.recoveryCodes;
      const use = async (code: string) => api.get(SignIn).withCode(await recognise(await signIn(user.login, GOOD)), code, HOME);
      const session = await recognise(await use(first.toUpperCase().replace('-', ' ')));
      await expect(use(first)).rejects.toMatchObject({ code: 'proof-refused' });
      expect(await api.get(SecondFactors).codesLeft(session)).toBe(9);
      await api.get(SecondFactors).renewCodes(session);
      await expect(use(second)).rejects.toMatchObject({ code: 'proof-refused' });
      expect(JSON.stringify(await rows('select * from recovery_code'))).not.toContain(first);
    });

    it('cannot be guessed more than five times, however often the right password is given in between', async () => {
      const user = await withTotp();
      for (let guess = 1; guess <= 5; guess += 1) {
        const waiting = await signIn(user.login, GOOD);
        await expect(api.get(SignIn).withCode(await recognise(waiting), `00000${guess}`, HOME)).rejects.toMatchObject({
          code: 'proof-refused',
        });
        // The last one ends the session as well.
        expect((await api.get(Sessions).recognise(waiting.token)) === null).toBe(guess === 5);
      }
      await expect(signIn(user.login, GOOD)).rejects.toMatchObject({ code: 'sign-in-refused' });
      expect((await auditOf(user.id)).at(-1)).toMatchObject({ action: 'session.refuse', detail: { reason: 'locked' } });
    });

    it('is one that administrators cannot do without', async () => {
      const user = await settled(['auditor']);
      expect(await recognise(user.session)).toMatchObject({ session: { mustEnrolSecondFactor: true }, scopes: new Set() });
      const enrolled = await withTotp(['auditor']);
      const waiting = await recognise(await signIn(enrolled.login, GOOD));
      const session = await recognise(await api.get(SignIn).withCode(waiting, codeOf(enrolled.secret), HOME));
      expect(session.scopes).toContain('audit.read');
      expect([...session.scopes].filter((scope) => !/\.(read|export)$/.test(scope))).toEqual([]);
    });

    it('is taken away by whoever has both proofs, and by nobody with one', async () => {
      const user = await withTotp();
      const signedIn = await recognise(
        await api.get(SignIn).withCode(await recognise(await signIn(user.login, GOOD)), codeOf(user.secret), HOME),
      );
      const prove = (password: string, code: string) =>
        api.get(Reconfirmation).prove(signedIn, { password, code, address: HOME }, 'secondFactor.disable');
      clock.pass(MINUTE_MS);
      await expect(prove('wrong', codeOf(user.secret))).rejects.toMatchObject({ code: 'proof-refused' });
      await expect(prove(GOOD, '123456')).rejects.toMatchObject({ code: 'proof-refused' });
      await prove(GOOD, codeOf(user.secret));
      await api.get(SecondFactors).disable(signedIn);
      expect((await signIn(user.login, GOOD)).stage).toBe('open');
      expect((await auditOf(user.id)).map(({ action }) => action)).toContain('user.secondFactor.disable');
    });

    it('is enrolled only by somebody who has just proved who they are', async () => {
      const { session } = await settled();
      const signedIn = await recognise(session);
      clock.pass(5 * MINUTE_MS + 1);
      await expect(api.get(SecondFactors).enrol(signedIn)).rejects.toMatchObject({ code: 'recent-proof-needed' });
      const renewed = await api.get(Reconfirmation).confirm(signedIn, { password: GOOD, address: HOME });
      await api.get(SecondFactors).enrol(await recognise(renewed));
    });

    it('is sealed where it is stored', async () => {
      const user = await withTotp();
      const [row] = await rows<{ sealed: Buffer }>('select secret_sealed as sealed from second_factor where user_id = $1', [user.id]);
      expect(row!.sealed.includes(Buffer.from(Secret.fromBase32(user.secret).bytes))).toBe(false);
    });
  });

  describe('a session', () => {
    it('ends when it rested for thirty minutes, and after twelve hours whatever happens', async () => {
      const { login } = await settled();
      const resting = await signIn(login, GOOD);
      clock.pass(30 * MINUTE_MS - 1);
      expect(await api.get(Sessions).recognise(resting.token)).not.toBeNull();
      clock.pass(30 * MINUTE_MS);
      expect(await api.get(Sessions).recognise(resting.token)).toBeNull();
      const busy = await signIn(login, GOOD);
      for (let passed = 20; passed < 12 * 60; passed += 20) {
        clock.pass(20 * MINUTE_MS);
        expect(await api.get(Sessions).recognise(busy.token)).not.toBeNull();
      }
      clock.pass(20 * MINUTE_MS - 1);
      expect(await api.get(Sessions).recognise(busy.token)).not.toBeNull();
      clock.pass(1);
      expect(await api.get(Sessions).recognise(busy.token)).toBeNull();
    });

    it('is nobody’s for a forged, cut, ended or foreign token, and its token is not what is stored', async () => {
      const { session, id } = await settled();
      const { token } = session;
      const [stored] = await rows<{ hash: Buffer }>('select token_hash as hash from user_session where user_id = $1', [id]);
      const forged = [
        token.slice(0, -1),
        `${token}A`,
        newSessionToken(),
        '',
        stored!.hash.toString('base64url'),
        `${token.slice(0, -4)}AAAA`,
      ];
      for (const one of forged) expect(await api.get(Sessions).recognise(one)).toBeNull();
      await api.get(Sessions).end(by('x'), id, session.sessionId);
      expect(await api.get(Sessions).recognise(token)).toBeNull();
    });

    it('is one of ten at most, is listed to its owner, and ends with all others when its owner says so', async () => {
      const { id, login } = await settled();
      const opened: OpenedSession[] = [];
      for (let count = 0; count < 11; count += 1) {
        clock.pass(1_000);
        opened.push(await signIn(login, GOOD));
      }
      const listed = await api.get(Sessions).list(by('x'), id);
      expect(listed.map((one) => one.id)).toEqual(
        opened
          .slice(1)
          .reverse()
          .map(({ sessionId }) => sessionId),
      );
      expect(await api.get(Sessions).endAll(by('x'), id)).toBe(10);
      expect(await api.get(Sessions).recognise(opened[10]!.token)).toBeNull();
    });

    it('has other rights from the next request on when roles change, and none of a disabled user', async () => {
      const { id, session } = await settled(['clerk']);
      expect((await recognise(session)).scopes).toContain('receipt.write');
      await users().setRoles(by('granter'), id, ['accountant']);
      expect((await recognise(session)).scopes).not.toContain('receipt.write');
      await users().setRoles(by('granter'), id, []);
      expect((await recognise(session)).scopes.size).toBe(0);
      await users().change(by('maker'), id, { state: 'disabled' });
      expect(await api.get(Sessions).recognise(session.token)).toBeNull();
    });

    it('counts as freshly proved for five minutes, and again after another proof', async () => {
      const { session } = await settled();
      const at = await recognise(session);
      clock.pass(5 * MINUTE_MS);
      expect(recentlyAuthenticated(at, clock.now())).toBe(true);
      clock.pass(1);
      expect(recentlyAuthenticated(at, clock.now())).toBe(false);
      await expect(api.get(Reconfirmation).confirm(at, { password: 'wrong', address: HOME })).rejects.toMatchObject({
        code: 'proof-refused',
      });
      const renewed = await api.get(Reconfirmation).confirm(at, { password: GOOD, address: HOME });
      expect(recentlyAuthenticated(await recognise(renewed), clock.now())).toBe(true);
      expect(await api.get(Sessions).recognise(session.token)).toBeNull();
    });
  });

  describe('the separation of powers', () => {
    it('is kept by the service and by the table', async () => {
      const { id } = await settled();
      for (const roles of [
        ['auditor', 'clerk'],
        ['systemAdministrator', 'securityAdministrator'],
      ] as const) {
        await expect(users().setRoles(by('granter'), id, roles)).rejects.toMatchObject({ code: 'roles-exclusive' });
        await expect(superuser.query('update user_account set roles = $2 where id = $1', [id, roles])).rejects.toThrow(
          'user_account_roles_apart_ck',
        );
      }
      await expect(superuser.query(`update user_account set roles = '{root}' where id = $1`, [id])).rejects.toThrow(
        'user_account_roles_known_ck',
      );
    });

    it('lets nobody act upon their own account', async () => {
      const { id, login } = await settled(['securityAdministrator']);
      const own: TenantContext = { tenantId: tenants[0], actor: { type: 'user', id, name: login } };
      const acts = [
        users().setRoles(own, id, ['clerk']),
        users().unlock(own, id),
        users().resetPassword(own, id),
        users().resetSecondFactor(own, id),
        users().change(own, id, { state: 'disabled' }),
      ];
      for (const act of await Promise.allSettled(acts)) expect(act).toMatchObject({ reason: { code: 'own-account' } });
    });

    it('lets nobody take both proofs of another, nor the bare account of an administrator', async () => {
      const clerk = await withTotp();
      await users().resetPassword(by('maker'), clerk.id);
      await expect(users().resetSecondFactor(by('maker'), clerk.id)).rejects.toMatchObject({ code: 'another-person-needed' });
      await users().resetSecondFactor(by('another'), clerk.id);
      await expect(users().resetPassword(by('another'), clerk.id)).rejects.toMatchObject({ code: 'another-person-needed' });
      const bare = await settled(['securityAdministrator']);
      await expect(users().resetPassword(by('maker'), bare.id)).rejects.toMatchObject({ code: 'another-person-needed' });
    });

    it('begins at the command line, with one-time passwords, as the owner', async () => {
      const options = { ownerUrl: database.ownerUrl, hashKey: HASH_KEY, ...KEYS, applicationName: 'spec-command', tenantName: 'second' };
      const actor = { type: 'operator' as const, id: 'os:root', name: 'root' };
      const created = await withUserAdmin({ ...options, actor }, async (admin, tenant) => {
        const first = await admin.create(tenant, { login: 'sysadmin.zhou', displayName: '周' }, ['systemAdministrator']);
        await expect(admin.create(tenant, { login: 'SYSADMIN.ZHOU', displayName: '周' }, [])).rejects.toMatchObject({
          code: 'login-taken',
        });
        await expect(admin.create(tenant, { login: 'both', displayName: 'x' }, ['auditor', 'clerk'])).rejects.toMatchObject({
          code: 'roles-exclusive',
        });
        return first;
      });
      // The command line uses the clock of the machine, ahead of or behind the test's.
      await superuser.query('update user_password set expires_at = $2, made_at = $3 where user_id = $1', [
        created.user.id,
        new Date(clock.now().getTime() + MINUTE_MS),
        clock.now(),
      ]);
      const session = await recognise(await signIn('sysadmin.zhou', created.oneTimePassword, HOME, 'second'));
      expect(session.session).toMatchObject({ mustChangePassword: true, mustEnrolSecondFactor: true });
      expect((await auditOf(created.user.id))[0]).toMatchObject({
        action: 'user.create',
        actor_name: 'root',
        detail: { roles: 'systemAdministrator' },
      });
      await withUserAdmin({ ...options, actor }, async (admin, tenant) => {
        const again = await admin.resetPassword(tenant, created.user.id);
        expect(again.oneTimePassword).not.toBe(created.oneTimePassword);
      });
      await expect(withUserAdmin({ ...options, actor, tenantName: 'third' }, () => Promise.resolve())).rejects.toThrow(
        'no tenant called "third"',
      );
    });
  });

  describe('another tenant', () => {
    it('sees nobody and changes nobody here, not even by the tables', async () => {
      const { id, login } = await withTotp();
      const theirs = by('foreign', 1);
      expect((await users().page(theirs, { limit: 200 })).map((user) => user.login)).not.toContain(login);
      const acts = [
        users().get(theirs, id),
        users().change(theirs, id, { displayName: 'x' }),
        users().setRoles(theirs, id, ['clerk']),
        users().unlock(theirs, id),
        users().resetPassword(theirs, id),
        users().resetSecondFactor(theirs, id),
      ];
      for (const act of await Promise.allSettled(acts)) expect(act).toMatchObject({ reason: { code: 'not-found' } });
      expect(await api.get(Sessions).endAll(theirs, id)).toBe(0);
      for (const table of [
        'user_account',
        'user_password',
        'second_factor',
        'recovery_code',
        'user_session',
        'known_place',
        'department',
      ]) {
        const seen = await api
          .get(UnitOfWork)
          .run(theirs, ({ manager }) => manager.query<{ tenant_id: string }[]>(`select tenant_id from ${table}`));
        expect(seen.filter(({ tenant_id: tenantId }) => tenantId !== tenants[1])).toEqual([]);
      }
    });
  });

  describe('departments', () => {
    it('are a tree without circles, with one name once beside another, of one tenant', async () => {
      const departments = api.get(Departments);
      const head = await departments.create(by('maker'), { name: '总行', parentId: null });
      const branch = await departments.create(by('maker'), { name: '分行', parentId: head.id });
      const counter = await departments.create(by('maker'), { name: '柜台', parentId: branch.id });
      await expect(departments.change(by('maker'), head.id, { parentId: counter.id })).rejects.toMatchObject({ code: 'department-place' });
      await expect(departments.change(by('maker'), head.id, { parentId: head.id })).rejects.toMatchObject({ code: 'department-place' });
      await expect(departments.create(by('maker'), { name: '总行', parentId: null })).rejects.toMatchObject({ code: 'department-taken' });
      await departments.create(by('maker'), { name: '总行', parentId: branch.id });
      await expect(departments.create(by('foreign', 1), { name: '窃', parentId: head.id })).rejects.toMatchObject({
        code: 'department-place',
      });
      const { id } = await settled();
      expect((await users().change(by('maker'), id, { departmentId: counter.id })).departmentId).toBe(counter.id);
      await expect(users().change(by('maker'), id, { departmentId: uuidv7() })).rejects.toMatchObject({ code: 'department-place' });
      // Two that each look right close no circle together.
      const [a, b] = [
        await departments.create(by('maker'), { name: 'a', parentId: null }),
        await departments.create(by('maker'), { name: 'b', parentId: null }),
      ];
      const both = await Promise.allSettled([
        departments.change(by('maker'), a.id, { parentId: b.id }),
        departments.change(by('maker'), b.id, { parentId: a.id }),
      ]);
      expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    });
  });

  describe('somebody of another source', () => {
    const RULES = [
      { group: 'counter', roles: ['clerk'] as const },
      { group: 'review', roles: ['reviewer'] as const },
      { group: 'audit', roles: ['auditor'] as const },
    ];
    const terms = () => ({ tenantId: tenants[0], rules: RULES, address: HOME });
    const person = {
      source: 'oidc' as const,
      sourceId: 'sso',
      issuer: 'https://sso.bank.example',
      subject: 's-1',
      login: 'li.si',
      displayName: '李四',
    };

    it('becomes a user at the first sign-in, and follows the groups at each', async () => {
      const identities = api.get(Identities);
      const first = await recognise(await identities.signInExternal({ ...person, groups: ['counter'] }, terms()));
      expect(first.scopes).toContain('receipt.write');
      const second = await recognise(await identities.signInExternal({ ...person, displayName: '李四四', groups: ['review'] }, terms()));
      expect(second.session.userId).toBe(first.session.userId);
      expect([second.scopes.has('receipt.write'), second.scopes.has('receipt.review')]).toEqual([false, true]);
      expect((await auditOf(first.session.userId)).map(({ action }) => action)).toEqual([
        'user.provision',
        'session.open',
        'user.update',
        'user.roles',
        'session.open',
      ]);
      await expect(signIn('li.si', '')).rejects.toMatchObject({ code: 'sign-in-refused' });
      await expect(users().resetPassword(by('maker'), first.session.userId)).rejects.toMatchObject({ code: 'user-external' });
      await users().change(by('maker'), first.session.userId, { state: 'disabled' });
      await expect(identities.signInExternal({ ...person, groups: ['counter'] }, terms())).rejects.toMatchObject({
        code: 'sign-in-refused',
      });
    });

    it('is refused, with the reason on record, in groups whose roles exclude each other, and under the login of somebody here', async () => {
      const { login } = await settled();
      const identities = api.get(Identities);
      const cases = [
        [{ ...person, subject: 's-2', login: 'both', groups: ['audit', 'counter'] }, 'rolesExclusive'],
        [{ ...person, subject: 's-3', login: login.toUpperCase(), groups: ['counter'] }, 'loginTaken'],
      ] as const;
      for (const [external, reason] of cases) {
        await expect(identities.signInExternal(external, terms())).rejects.toMatchObject({ code: 'sign-in-refused' });
        const [last] = await rows(`select detail from audit_entry where action = 'session.refuse' order by id desc limit 1`);
        expect(last).toMatchObject({ detail: { reason } });
      }
    });
  });
});
