import {
  ApprovalView,
  ColleagueList,
  Problem,
  RecoveryCodes,
  type Role,
  SessionList,
  SessionView,
  SignInPolicyView,
  TotpEnrolment,
  UserPage,
  UserPasswordView,
  UserView,
} from '@app/contracts';
import { Secret, TOTP } from 'otpauth';
import { type ApiBench, createApiBench } from '../../../../test/support/api-bench';
import { CONTROLLERS } from '../api.module';
import { routesOf } from '../auth/routes-of';

const COOKIE = '__Host-piaoyan_session';
const PASSWORD = 'Kx7-tulip-garden';

/** What a browser holds of one session. */
interface Browser {
  cookie: string;
  csrf: string;
}

describe('people over HTTP', () => {
  let bench: ApiBench;
  let clerk: string;
  beforeAll(async () => {
    bench = await createApiBench({}, { withWorker: false });
    clerk = (await person(['clerk'])).login;
  });
  afterAll(() => bench.close());

  const send = (browser: Partial<Browser>, method: string, path: string, body?: object, headers: Record<string, string> = {}) =>
    fetch(`${bench.url}${path}`, {
      method,
      headers: {
        ...(browser.cookie !== undefined && { cookie: `${COOKIE}=${browser.cookie}` }),
        ...(browser.csrf !== undefined && { 'x-csrf-token': browser.csrf }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  const asJson = (method: string, body: object) => ({
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const cookieOf = (answer: Response): string => new RegExp(`${COOKIE}=([^;]*)`).exec(answer.headers.get('set-cookie') ?? '')?.[1] ?? '';
  const codeOf = async (answer: Response): Promise<string> => Problem.parse(await answer.json()).code;

  async function signIn(
    login: string,
    password: string,
    before: Partial<Browser> = {},
  ): Promise<Browser & { view: SessionView; answer: Response }> {
    const answer = await send(before, 'POST', '/v1/session', { tenant: 'first', login, password });
    expect(answer.status).toBe(200);
    const view = SessionView.parse(await answer.json());
    return { cookie: cookieOf(answer), csrf: view.csrfToken, view, answer };
  }

  /** A user who has changed the one-time password. */
  let made = 0;
  async function person(roles: Role[]): Promise<Browser & { login: string; id: string }> {
    const login = `person.${(made += 1)}`;
    const created = await bench.fetch('/v1/users', asJson('POST', { login, displayName: login }));
    const { id, oneTimePassword } = UserPasswordView.parse(await created.json());
    await bench.fetch(`/v1/users/${id}/roles`, asJson('PUT', { roles }));
    const first = await signIn(login, oneTimePassword);
    const changed = await send(first, 'POST', '/v1/session/password', { current: oneTimePassword, next: PASSWORD });
    expect(changed.status).toBe(200);
    const { csrfToken } = SessionView.parse(await changed.json());
    return { login, id, cookie: cookieOf(changed), csrf: csrfToken };
  }
  async function administrator(role: Role): Promise<Awaited<ReturnType<typeof person>>> {
    const browser = await person([role]);
    const { secret } = TotpEnrolment.parse(await (await send(browser, 'POST', '/v1/session/totp')).json());
    const code = new TOTP({ secret: Secret.fromBase32(secret) }).generate();
    const confirmed = await send(browser, 'POST', '/v1/session/totp/confirmation', { code });
    expect(RecoveryCodes.parse(await confirmed.json()).recoveryCodes).toHaveLength(10);
    return browser;
  }

  it('hands a session over in a cookie that scripts, other sites and plain HTTP do not get', async () => {
    const { answer, cookie, view } = await signIn(clerk, PASSWORD);
    expect(answer.headers.get('set-cookie')).toBe(`${COOKIE}=${cookie}; Path=/; HttpOnly; Secure; SameSite=Strict`);
    expect(cookie).toMatch(/^[\w-]{43}$/);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(view).toMatchObject({ secondFactorRequired: false, mustChangePassword: false, user: { login: clerk, roles: ['clerk'] } });
    expect(view.scopes).toContain('receipt.write');
    expect([view.idleMinutes, Math.ceil(view.secondsLeft / 3_600)]).toEqual([30, 12]);
  });

  it('lets a person do what the roles allow, and what is about their own session, and no program the latter', async () => {
    const session = await signIn(clerk, PASSWORD);
    expect((await send(session, 'GET', '/v1/receipts')).status).toBe(200);
    const users = await send(session, 'GET', '/v1/users');
    expect([users.status, await codeOf(users)]).toEqual([403, 'forbidden']);
    expect((await bench.fetch('/v1/users')).status).toBe(200);
    const own = await bench.fetch('/v1/session');
    expect([own.status, await codeOf(own)]).toEqual([403, 'forbidden']);
  });

  it('tells people what those are called whose ids they were told, and nobody else’s names', async () => {
    const [one, other] = [await person(['clerk']), await person(['accountant'])];
    const asked = async (ids: string[]): Promise<Response> => send(one, 'GET', `/v1/colleagues?ids=${ids.join(',')}`);
    const [, foreign] = bench.tenantIds;
    const found = ColleagueList.parse(await (await asked([other.id, foreign, one.id])).json());
    expect(found.items.map(({ login }) => login).sort()).toEqual([one.login, other.login].sort());
    expect(found.items).toContainEqual({ id: other.id, login: other.login, displayName: other.login });
    for (const ids of [[], ['x'], Array.from({ length: 51 }, () => one.id)]) expect((await asked(ids)).status).toBe(422);
    expect((await bench.fetch(`/v1/colleagues?ids=${one.id}`)).status).toBe(403);
  });

  it('gives one answer to forged, cut, replayed and ended sessions', async () => {
    const open = await signIn(clerk, PASSWORD);
    expect((await send(open, 'DELETE', '/v1/session')).status).toBe(204);
    const answers = new Set<string>();
    for (const cookie of [open.cookie, open.cookie.slice(0, 20), 'x', '', 'A'.repeat(43), '%00', 'a'.repeat(4_000)]) {
      const answer = await send({ cookie }, 'GET', '/v1/receipts');
      const { id: _id, ...problem } = Problem.parse(await answer.json());
      answers.add(JSON.stringify([answer.status, problem]));
    }
    expect([...answers]).toHaveLength(1);
    expect([...answers][0]).toContain('"unauthenticated"');
  });

  it('leaves no session as it was when somebody signs in, so that a planted one is worth nothing', async () => {
    const attacker = await signIn(clerk, PASSWORD);
    const signedIn = await signIn(clerk, PASSWORD, { cookie: attacker.cookie });
    expect(signedIn.cookie).not.toBe(attacker.cookie);
    expect((await send(attacker, 'GET', '/v1/session')).status).toBe(401);
    const planted = await signIn(clerk, PASSWORD, { cookie: 'P'.repeat(43) });
    expect(planted.cookie).not.toBe('P'.repeat(43));
    expect((await send({ cookie: 'P'.repeat(43) }, 'GET', '/v1/session')).status).toBe(401);
  });

  describe('a forged request', () => {
    it('is told by its token, its origin and what the browser says of it; a key needs none of these', async () => {
      const [one, other] = [await signIn(clerk, PASSWORD), await signIn(clerk, PASSWORD)];
      const refused: [Partial<Browser>, Record<string, string>][] = [
        [{ cookie: one.cookie }, {}],
        [{ cookie: one.cookie, csrf: other.csrf }, {}],
        [{ cookie: one.cookie, csrf: one.csrf.slice(0, -1) }, {}],
        [one, { origin: 'https://evil.example' }],
        [one, { origin: 'null' }],
        [one, { 'sec-fetch-site': 'cross-site' }],
        [one, { 'sec-fetch-site': 'same-site' }],
      ];
      for (const [browser, headers] of refused) {
        const answer = await send(browser, 'DELETE', '/v1/sessions', undefined, headers);
        expect([headers, answer.status, await codeOf(answer)]).toEqual([headers, 403, 'csrf-refused']);
      }
      expect((await send(one, 'GET', '/v1/session', undefined, { origin: 'https://evil.example' })).status).toBe(200);
      const own = { origin: bench.url, 'sec-fetch-site': 'same-origin' };
      expect((await send(one, 'DELETE', '/v1/sessions', undefined, own)).status).toBe(204);
      const byKey = await bench.fetch('/v1/departments', {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: 'https://evil.example' },
        body: JSON.stringify({ name: '按键建立' }),
      });
      expect(byKey.status).toBe(201);
    });

    it('cannot sign anybody in either', async () => {
      const body = { tenant: 'first', login: clerk, password: PASSWORD };
      expect((await send({}, 'POST', '/v1/session', body, { origin: 'https://evil.example' })).status).toBe(403);
      expect((await send({}, 'POST', '/v1/session', body, { origin: bench.url })).status).toBe(200);
    });
  });

  it('lets administrators do nothing before they have a second factor, then each their own part', async () => {
    const bare = await person(['systemAdministrator']);
    const refused = await send(bare, 'GET', '/v1/users');
    expect([refused.status, await codeOf(refused)]).toEqual([403, 'session-restricted']);
    expect(SessionView.parse(await (await send(bare, 'GET', '/v1/session')).json())).toMatchObject({
      mustEnrolSecondFactor: true,
      scopes: [],
    });

    const [system, security] = [await administrator('systemAdministrator'), await administrator('securityAdministrator')];
    const created = await send(system, 'POST', '/v1/users', { login: 'new.clerk', displayName: '新人' });
    const { id, oneTimePassword } = UserPasswordView.parse(await created.json());
    const newcomer = await signIn('new.clerk', oneTimePassword);
    expect(newcomer.view).toMatchObject({ mustChangePassword: true, scopes: [] });
    expect((await send(system, 'PUT', `/v1/users/${id}/roles`, { roles: ['clerk'] })).status).toBe(403);
    expect((await send(security, 'POST', '/v1/users', { login: 'x', displayName: 'x' })).status).toBe(403);
    expect(UserView.parse(await (await send(security, 'PUT', `/v1/users/${id}/roles`, { roles: ['clerk'] })).json()).roles).toEqual([
      'clerk',
    ]);
    const both = await send(security, 'PUT', `/v1/users/${id}/roles`, { roles: ['clerk', 'auditor'] });
    expect([both.status, await codeOf(both)]).toEqual([422, 'roles-exclusive']);
    const own = await send(security, 'PUT', `/v1/users/${security.id}/roles`, { roles: ['auditor'] });
    expect([own.status, await codeOf(own)]).toEqual([403, 'own-account']);
    const reset = await send(system, 'POST', `/v1/users/${id}/password-reset`);
    expect(UserPasswordView.parse(await reset.json()).oneTimePassword).not.toBe(oneTimePassword);
    expect((await send(newcomer, 'GET', '/v1/session')).status).toBe(401);
    expect(await (await send(system, 'DELETE', `/v1/users/${id}/sessions`)).json()).toEqual({ ended: 0 });
  });

  it('leaves nothing else open to whoever has no second factor yet and must, of all routes that there are', async () => {
    const bare = await person(['auditor']);
    const routes = CONTROLLERS.flatMap(routesOf).filter(({ isPublic }) => !isPublic);
    const open = new Set(['begun', 'signedIn']);
    const [own, others] = [
      routes.filter(({ session }) => open.has(session ?? '')),
      routes.filter(({ session }) => !open.has(session ?? '')),
    ];
    expect(own.map(({ name }) => name)).toEqual([
      'SessionController.get',
      'SessionController.close',
      'SessionController.confirm',
      'SessionController.changePassword',
      'SessionController.enrolTotp',
      'SessionController.confirmTotp',
    ]);
    const answers = new Set<string>();
    for (const { method, paths } of others) {
      const path = paths[0]!.replace(/:\w+/g, bare.id);
      const answer = await send(bare, method, path, method === 'GET' || method === 'DELETE' ? undefined : {});
      answers.add(`${answer.status} ${await codeOf(answer)}`);
    }
    expect([...answers]).toEqual(['403 session-restricted']);
  });

  it('binds roles to networks, and answers from elsewhere as if nobody were there, on record', async () => {
    const [security, accountant] = [await administrator('securityAdministrator'), await person(['accountant'])];
    const bound = { version: 0, secondFactor: 'installation', networks: [{ role: 'accountant', networks: ['10.20.8.0/24'] }] };
    expect((await send(accountant, 'PUT', '/v1/sign-in-policy', bound)).status).toBe(403);
    const changed = await send(security, 'PUT', '/v1/sign-in-policy', bound);
    expect(SignInPolicyView.parse(await changed.json())).toMatchObject({ version: 1, installation: { secondFactor: 'administrators' } });
    const kept = await send(accountant, 'GET', '/v1/bills');
    expect([kept.status, await codeOf(kept)]).toEqual([401, 'unauthenticated']);
    const [entry] = await bench.rows(`select actor_id, detail from audit_entry where action = 'access.refuse' order by id desc limit 1`);
    expect(entry).toMatchObject({ actor_id: accountant.id, detail: { reason: 'wrongAddress' } });
    const again = await send(security, 'PUT', '/v1/sign-in-policy', { ...bound, networks: [] });
    expect([again.status, await codeOf(again)]).toEqual([409, 'sign-in-policy-stale']);
    const own = await send(security, 'PUT', '/v1/sign-in-policy', {
      ...{ version: 1, secondFactor: 'installation' },
      networks: [{ role: 'securityAdministrator', networks: ['10.20.8.0/24'] }],
    });
    expect([own.status, await codeOf(own)]).toEqual([422, 'sign-in-policy-own-address']);
    const narrower = { ...bound, version: 1, networks: [{ role: 'accountant', networks: ['10.20.8.0/25'] }] };
    expect((await send(security, 'PUT', '/v1/sign-in-policy', narrower)).status).toBe(200);
    const proposed = await send(security, 'PUT', '/v1/sign-in-policy', { ...bound, version: 2, networks: [] });
    expect(proposed.status).toBe(202);
    const { id, payloadHash, kind, changes } = ApprovalView.parse(await proposed.json());
    const version = { field: 'version', before: '2', after: '3' };
    expect([kind, changes]).toEqual(['signInPolicy.set', [version, { field: 'accountant', before: '10.20.8.0/25', after: null }]]);
    expect((await send(accountant, 'GET', '/v1/bills')).status).toBe(401);
    const decision = { decision: 'approve', payloadHash, reason: '已核对' };
    const alone = await send(security, 'POST', `/v1/approvals/${id}/decision`, decision);
    expect([alone.status, await codeOf(alone)]).toEqual([403, 'approval-own']);
    const second = await administrator('securityAdministrator');
    expect((await send(second, 'POST', `/v1/approvals/${id}/decision`, decision)).status).toBe(200);
    expect((await send(accountant, 'GET', '/v1/bills')).status).toBe(200);
    const [set] = await bench.rows(`select actor_id, detail from audit_entry where action = 'signInPolicy.set' order by id desc limit 1`);
    expect(set).toMatchObject({ actor_id: second.id, detail: { version: 3, after: '', approvalId: id, proposedBy: security.id } });
  });

  it('tells at a sign-in when and from where the last one was, and how often somebody was refused since', async () => {
    const { login } = await person(['clerk']);
    expect((await send({}, 'POST', '/v1/session', { tenant: 'first', login, password: 'wrong' })).status).toBe(401);
    const { view } = await signIn(login, PASSWORD);
    expect(view).toMatchObject({ previousSignIn: { address: '127.0.0.1' }, refusedSignIns: 1 });
    expect((await signIn(login, PASSWORD)).view.refusedSignIns).toBe(0);
  });

  it('asks for the code after the password, and lets the session do nothing else until then', async () => {
    const admin = await administrator('auditor');
    const waiting = await signIn(admin.login, PASSWORD);
    expect(waiting.view).toMatchObject({ secondFactorRequired: true, scopes: [] });
    expect(Math.ceil(waiting.view.secondsLeft / 300)).toBe(1);
    for (const path of ['/v1/users', '/v1/sessions']) expect((await send(waiting, 'GET', path)).status).toBe(403);
    const wrong = await send(waiting, 'POST', '/v1/session/second-factor', { code: '000000' });
    expect([wrong.status, await codeOf(wrong)]).toEqual([403, 'proof-refused']);
    const sessions = SessionList.parse(await (await send(admin, 'GET', '/v1/sessions')).json());
    expect(sessions.items.map((one) => [one.isCurrent, one.secondFactorRequired])).toEqual([
      [false, true],
      [true, false],
    ]);
    expect((await send(admin, 'POST', '/v1/session/second-factor', { code: '000000' })).status).toBe(403);
  });

  it('is told in the audit with the address and the request, also before anybody is known', async () => {
    const { login } = await person(['clerk']);
    await send({}, 'POST', '/v1/session', { tenant: 'first', login, password: 'wrong password' }, { 'user-agent': 'counter/8' });
    const origins = await bench.rows<{ action: string; agents: number; told: boolean }>(
      `select action, count(user_agent) filter (where user_agent = 'counter/8')::int as agents, bool_and(client_address is not null
         and request_id is not null) as told from audit_entry where action like 'session.%' group by action order by action`,
    );
    expect(origins).toEqual(expect.arrayContaining([expect.objectContaining({ action: 'session.challenge' })]));
    expect(origins.find(({ action }) => action === 'session.refuse')).toMatchObject({ agents: 1 });
    expect(origins.filter(({ told }) => !told)).toEqual([]);
  });

  it('pages users by login, and shows another tenant none of them', async () => {
    const first = UserPage.parse(await (await bench.fetch('/v1/users?limit=2')).json());
    const second = UserPage.parse(await (await bench.fetch(`/v1/users?limit=2&after=${encodeURIComponent(first.next!)}`)).json());
    const logins = [...first.items, ...second.items].map(({ login }) => login);
    expect(logins).toEqual([...logins].sort());
    expect(new Set(logins).size).toBe(4);
    expect(await (await bench.fetch('/v1/users', { key: bench.keys[1] })).json()).toEqual({ items: [], next: null });
    const { id } = first.items[0]!;
    const foreign = await bench.fetch(`/v1/users/${id}/totp-reset`, { key: bench.keys[1], method: 'POST' });
    expect([foreign.status, await codeOf(foreign)]).toEqual([404, 'not-found']);
  });
});
