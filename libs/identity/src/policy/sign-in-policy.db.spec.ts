import {
  BETTER,
  createIdentityBench,
  ELSEWHERE,
  GOOD,
  HASH_KEY,
  HOME,
  type IdentityBench,
  KEYS,
  MINUTE_MS,
} from '../../../../test/support/identity-bench';
import { withUserAdmin } from '../admin/with-user-admin';
import {
  DEFAULT_IDENTITY_SETTINGS,
  Identities,
  Passwords,
  Reconfirmation,
  SecondFactors,
  Sessions,
  SignIn,
  SignInPolicies,
  type SignInPolicyWish,
} from '../index';

describe('what a tenant demands of its people', () => {
  let bench: IdentityBench;
  beforeAll(async () => {
    bench = await createIdentityBench();
  });
  afterAll(() => bench.close());
  beforeEach(() => bench.rows('delete from sign_in_throttle'));
  afterEach(() => demand({}));

  /** Sets the first tenant's policy, whatever its version. */
  const demand = async (wish: Partial<SignInPolicyWish>) => {
    const operator = { tenantId: bench.tenantIds[0], actor: { type: 'operator' as const, id: 'os:root', name: 'root' } };
    const { version } = await bench.get(SignInPolicies).get(operator);
    return bench.get(SignInPolicies).change(operator, { version, secondFactor: 'installation', networks: [], ...wish });
  };
  const lastRefusal = async (): Promise<object | undefined> =>
    (await bench.rows(`select actor_id, detail from audit_entry where action = 'session.refuse' order by id desc limit 1`))[0];

  describe('of a second factor', () => {
    it('is everybody’s unless the operator says otherwise', () => {
      expect(DEFAULT_IDENTITY_SETTINGS.secondFactor).toBe('everybody');
    });

    it('may be more than the installation does, at once, and for nobody of another tenant', async () => {
      const { session } = await bench.settled(['clerk']);
      expect((await bench.recognise(session)).scopes.size).toBeGreaterThan(0);
      const { users } = bench;
      const theirs = bench.by('foreign', 1);
      const { user, oneTimePassword } = await users().create(theirs, { login: 'theirs', displayName: 'x' });
      await demand({ secondFactor: 'everybody' });
      expect(await bench.recognise(session)).toMatchObject({ scopes: new Set(), session: { mustEnrolSecondFactor: true } });
      const foreign = await bench.recognise(await bench.signIn(user.login, oneTimePassword, HOME, 'second'));
      expect(foreign.session.mustEnrolSecondFactor).toBe(false);
      const { secret } = await bench.get(SecondFactors).enrol(await bench.recognise(session));
      await bench.get(SecondFactors).confirm(await bench.recognise(session), bench.codeOf(secret));
      expect((await bench.recognise(session)).scopes.size).toBeGreaterThan(0);
    });

    it('cannot be less, not even by the table', async () => {
      const { session } = await bench.settled(['auditor']);
      await demand({ secondFactor: 'installation' });
      expect((await bench.recognise(session)).session.mustEnrolSecondFactor).toBe(true);
      await expect(bench.rows(`update sign_in_policy set second_factor = 'nobody'`)).rejects.toThrow('sign_in_policy_second_factor_ck');
    });

    it('leaves a quarter of an hour to get one, and another after another proof', async () => {
      const { session, login } = await bench.settled(['auditor']);
      bench.clock.pass(15 * MINUTE_MS - 1);
      const signedIn = await bench.recognise(session);
      const renewed = await bench.get(Reconfirmation).confirm(signedIn, { password: GOOD, address: HOME });
      bench.clock.pass(15 * MINUTE_MS - 1);
      expect(await bench.sessionOf(renewed.token)).not.toBeNull();
      bench.clock.pass(1);
      expect(await bench.sessionOf(renewed.token)).toBeNull();
      expect(await bench.sessionOf((await bench.signIn(login, GOOD)).token)).not.toBeNull();
    });

    it('leaves as long to change a one-time password', async () => {
      const { user, oneTimePassword } = await bench.users().create(bench.by('maker'), { login: 'slow', displayName: 'x' });
      const first = await bench.signIn(user.login, oneTimePassword);
      bench.clock.pass(MINUTE_MS);
      // What the console counts down is the end that comes first.
      expect(bench.get(Sessions).limitsOf((await bench.sessionOf(first.token))!).secondsLeft).toBe(14 * 60);
      bench.clock.pass(14 * MINUTE_MS);
      expect(await bench.sessionOf(first.token)).toBeNull();
    });
  });

  describe('of where they are', () => {
    const CLERKS_AT_HOME = { networks: [{ role: 'clerk' as const, networks: ['10.1.0.0/16', 'fd00::/8'] }] };

    it('keeps a role’s people out elsewhere, with the answer that a wrong password has, and the others not', async () => {
      const [clerk, reviewer] = [await bench.settled(['clerk', 'accountant']), await bench.settled(['reviewer'])];
      await demand(CLERKS_AT_HOME);
      await expect(bench.signIn(clerk.login, GOOD, ELSEWHERE)).rejects.toMatchObject({ code: 'sign-in-refused' });
      expect(await lastRefusal()).toMatchObject({ actor_id: clerk.id, detail: { reason: 'wrongAddress', address: ELSEWHERE } });
      expect((await bench.get(Sessions).list(bench.by('x'), clerk.id)).map(({ address }) => address)).toEqual([HOME]);
      await bench.signIn(clerk.login, GOOD, HOME);
      await bench.signIn(clerk.login, GOOD, '::ffff:10.1.200.3');
      await bench.signIn(reviewer.login, GOOD, ELSEWHERE);
    });

    it('makes a right password there no better than a guess, which locks as any other', async () => {
      const { login } = await bench.settled(['clerk']);
      await demand(CLERKS_AT_HOME);
      for (let guess = 1; guess <= 5; guess += 1) await expect(bench.signIn(login, GOOD, ELSEWHERE)).rejects.toThrow();
      await demand({});
      await expect(bench.signIn(login, GOOD, ELSEWHERE)).rejects.toMatchObject({ code: 'sign-in-refused' });
      await bench.signIn(login, GOOD, HOME);
    });

    it('counts at each request: a session that is carried elsewhere opens nothing there, whoever has it', async () => {
      const { session, id } = await bench.settled(['clerk']);
      await demand(CLERKS_AT_HOME);
      expect(await bench.get(Sessions).check(session.token, ELSEWHERE)).toMatchObject({
        refused: 'wrongAddress',
        tenant: { tenantId: bench.tenantIds[0], actor: { id } },
      });
      expect(await bench.sessionOf(session.token, ELSEWHERE)).toBeNull();
      expect(await bench.sessionOf(session.token, 'no address')).toBeNull();
      expect(await bench.sessionOf(session.token, HOME)).not.toBeNull();
      await bench.users().setRoles(bench.by('granter'), id, ['reviewer']);
      expect(await bench.sessionOf(session.token, ELSEWHERE)).not.toBeNull();
    });

    it('binds people of another source by the roles that they come with', async () => {
      await demand(CLERKS_AT_HOME);
      const person = { source: 'oidc' as const, sourceId: 'sso', issuer: 'https://sso.bank.example', subject: 's-9', login: 'qian.qi' };
      const terms = { tenantId: bench.tenantIds[0], rules: [{ group: 'counter', roles: ['clerk'] as const }], address: ELSEWHERE };
      const external = { ...person, displayName: '钱七', groups: ['counter'] };
      const sign = (address: string) => bench.get(Identities).signInExternal(external, { ...terms, address });
      await expect(sign(ELSEWHERE)).rejects.toMatchObject({ code: 'sign-in-refused' });
      expect(await lastRefusal()).toMatchObject({ detail: { reason: 'wrongAddress', source: 'sso' } });
      expect((await sign(HOME)).stage).toBe('open');
    });

    it('takes networks only, and those of nobody’s that would keep out who asks for them', async () => {
      await expect(demand({ networks: [{ role: 'clerk', networks: ['10.1.1.1/8'] }] })).rejects.toMatchObject({
        code: 'invalid-field',
        errors: [{ field: 'networks.0.networks' }],
      });
      const { id, login } = await bench.settled(['securityAdministrator']);
      const own = { ...bench.by(login), actor: { type: 'user' as const, id, name: login } };
      const from = (clientAddress: string) => ({ ...own, origin: { requestId: 'r', clientAddress, userAgent: null } });
      const networks = [{ role: 'securityAdministrator' as const, networks: ['10.1.0.0/16'] }];
      const { version } = await bench.get(SignInPolicies).get(own);
      const wish = { version, secondFactor: 'installation' as const, networks };
      for (const tenant of [own, from(ELSEWHERE)])
        await expect(bench.get(SignInPolicies).change(tenant, wish)).rejects.toMatchObject({ code: 'sign-in-policy-own-address' });
      await bench.get(SignInPolicies).change(from(HOME), wish);
      await expect(bench.get(SignInPolicies).change(from(HOME), wish)).rejects.toMatchObject({ code: 'sign-in-policy-stale' });
      expect((await bench.auditOf(bench.tenantIds[0])).at(-1)).toMatchObject({
        action: 'signInPolicy.set',
        detail: { version: version + 1, secondFactor: 'installation', before: '', after: 'securityAdministrator 10.1.0.0/16' },
      });
      const options = {
        ownerUrl: bench.database.ownerUrl,
        hashKey: HASH_KEY,
        ...KEYS,
        applicationName: 'spec-command',
        tenantName: 'first',
      };
      const actor = { type: 'operator' as const, id: 'os:root', name: 'root' };
      await withUserAdmin({ ...options, actor }, (_users, tenant, policies) => policies.allowAnywhere(tenant));
      expect(await bench.get(SignInPolicies).get(own)).toMatchObject({ version: version + 2, networks: [] });
    });

    it('is no other tenant’s business', async () => {
      await demand(CLERKS_AT_HOME);
      expect(await bench.get(SignInPolicies).get(bench.by('foreign', 1))).toMatchObject({ version: 0, networks: [] });
    });

    it('is what one of two people who change it at once has looked at', async () => {
      const { version } = await demand({});
      const wish = { version, secondFactor: 'installation' as const, networks: [] };
      const operator = { tenantId: bench.tenantIds[0], actor: { type: 'operator' as const, id: 'os:root', name: 'root' } };
      const both = await Promise.allSettled([1, 2].map(() => bench.get(SignInPolicies).change(operator, wish)));
      expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    });
  });

  describe('and what a person is told of the sign-in before', () => {
    it('is when and from where it was, and how often somebody was refused since', async () => {
      const { login, session, secret } = await bench.withTotp();
      const told = async (token: string) => {
        const { previousSignInAt, previousSignInAddress, refusedBefore } = (await bench.sessionOf(token))!.found;
        return [previousSignInAt, previousSignInAddress, refusedBefore];
      };
      const [first] = await bench.rows<{ at: Date }>('select last_sign_in_at as at from user_account where login = $1', [login]);
      expect(await told(session.token)).toEqual([null, null, 0]);
      await expect(bench.signIn(login, 'wrong', ELSEWHERE)).rejects.toThrow();
      const waiting = await bench.signIn(login, GOOD, HOME);
      expect(await told(waiting.token)).toEqual([null, null, 0]);
      const person = await bench.recognise(waiting);
      await expect(bench.get(SignIn).withCode(person, '000000', HOME)).rejects.toMatchObject({ code: 'proof-refused' });
      const opened = await bench.get(SignIn).withCode(person, bench.codeOf(secret), HOME);
      expect(await told(opened.token)).toEqual([first!.at, HOME, 2]);
      const renewed = await bench
        .get(Passwords)
        .change(await bench.recognise(opened), { current: GOOD, next: BETTER, address: HOME }, bench.get(Reconfirmation));
      expect(await told(renewed.token)).toEqual([first!.at, HOME, 2]);
    });
  });
});
