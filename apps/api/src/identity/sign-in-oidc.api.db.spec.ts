import { createHmac } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Problem, SessionView, SignInSourceList, UserPage } from '@app/contracts';
import { Agent, request } from 'undici';
import { createCertificates } from '../../../../libs/devstack/src/certificates/certificates';
import { type ApiBench, createApiBench } from '../../../../test/support/api-bench';
import { CLIENT, jws, newSigningKey, type OidcServer, startOidcServer } from '../../../../test/support/oidc-server';

const SITE = 'https://piaoyan.bank.example';
const SOURCES = ['sso', 'strong', 'user-info', 'foreign-host', 'foreign-issuer', 'wrong-ca'];
const SECOND_MS = 1_000;

/** A browser's way back: the address without its site, and the cookie that it kept. */
interface Return {
  path: string;
  flow: string;
}

describe('signing in with an OIDC provider', () => {
  let directory: string;
  let provider: OidcServer;
  let bench: ApiBench;
  let browser: Agent;

  beforeAll(async () => {
    // The provider says at length that it is not set up for production.
    for (const level of ['warn', 'info'] as const) jest.spyOn(console, level).mockImplementation(() => undefined);
    directory = await mkdtemp(join(tmpdir(), 'piaoyan-oidc-'));
    const own = await createCertificates(join(directory, 'own'));
    const other = await createCertificates(join(directory, 'other'));
    provider = await startOidcServer(
      own.egress,
      SOURCES.map((id) => `${SITE}/v1/sign-in/oidc/${id}/callback`),
    );
    browser = new Agent({ connect: { ca: await readFile(own.caFile) } });
    const secretFile = join(directory, 'secret');
    await writeFile(secretFile, `${CLIENT.secret}\n`);
    const source = {
      ...{
        kind: 'oidc',
        name: '统一身份认证',
        tenant: 'first',
        issuer: provider.issuer,
        clientId: CLIENT.id,
        clientSecretFile: secretFile,
      },
      rules: [
        { group: 'bill-clerks', roles: ['clerk'], department: '分行/会计部' },
        { group: 'bill-reviewers', roles: ['reviewer'] },
        { group: 'auditors', roles: ['auditor'] },
      ],
      caFile: own.caFile,
    };
    const sources = [
      { ...source, id: 'sso' },
      { ...source, id: 'strong', requireAcr: ['urn:bank:two'], requireAmr: ['otp'] },
      { ...source, id: 'user-info', userInfo: true },
      { ...source, id: 'foreign-host' },
      { ...source, id: 'foreign-issuer' },
      { ...source, id: 'wrong-ca', caFile: other.caFile },
    ];
    const file = join(directory, 'sign-in.json');
    await writeFile(file, JSON.stringify({ publicUrl: SITE, sources }));
    bench = await createApiBench({ PIAOYAN_SIGN_IN_FILE: file }, { withWorker: false });
  });
  afterAll(async () => {
    jest.restoreAllMocks();
    await bench.close();
    await browser.close();
    await provider.close();
    await rm(directory, { recursive: true });
  });
  beforeEach(async () => {
    Object.assign(provider, { rewrite: null, forge: null, discovery: null });
    provider.account = { id: 'u-1', claims: { preferred_username: 'li.si', name: '李四', groups: ['bill-clerks'] } };
    await bench.rows('delete from sign_in_throttle');
  });

  const own = (path: string, cookies: string[] = []) =>
    fetch(`${bench.url}${path}`, { redirect: 'manual', headers: { cookie: cookies.join('; ') } });
  const cookieOf = (answer: Response, name: string): string | undefined =>
    answer.headers
      .getSetCookie()
      .map((line) => new RegExp(`^${name}=([^;]+)`).exec(line)?.[1])
      .find((value) => value !== undefined);

  async function leave(source = 'sso', query = '', cookies: string[] = []): Promise<{ to: URL; flow: string }> {
    const answer = await own(`/v1/sign-in/oidc/${source}${query}`, cookies);
    expect(answer.status).toBe(302);
    return { to: new URL(answer.headers.get('location')!), flow: `__Host-piaoyan_sign_in=${cookieOf(answer, '__Host-piaoyan_sign_in')!}` };
  }

  /** Walks through the provider's redirects with its cookies, until it sends the browser back. */
  async function atProvider(to: URL): Promise<string> {
    const jar = new Map<string, string>();
    let url = to;
    for (let step = 0; step < 10; step += 1) {
      const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
      const answer = await request(url, { dispatcher: browser, headers: { cookie } });
      await answer.body.dump();
      for (const line of [answer.headers['set-cookie'] ?? []].flat()) {
        const [name = '', value = ''] = line.split(';', 1)[0]!.split('=', 2);
        jar.set(name, value);
      }
      url = new URL(String(answer.headers.location), url);
      if (url.origin === SITE) return `${url.pathname}${url.search}`;
    }
    throw new Error('the provider never sent the browser back');
  }
  async function away(source = 'sso', query = ''): Promise<Return> {
    const { to, flow } = await leave(source, query);
    return { path: await atProvider(to), flow };
  }
  const back = ({ path, flow }: Return) => own(path, [flow]);
  async function session(answer: Response): Promise<{ cookie: string; view: SessionView }> {
    expect(answer.status).toBe(303);
    const cookie = `__Host-piaoyan_session=${cookieOf(answer, '__Host-piaoyan_session')!}`;
    return { cookie, view: SessionView.parse(await (await own('/v1/session', [cookie])).json()) };
  }
  async function refused(answer: Response, reason: string): Promise<void> {
    expect([answer.status, Problem.parse(await answer.json()).code]).toEqual([401, 'sign-in-refused']);
    expect(cookieOf(answer, '__Host-piaoyan_session')).toBeUndefined();
    const [last] = await bench.rows<{ detail: object }>(
      `select detail from audit_entry where action = 'session.refuse' order by id desc limit 1`,
    );
    expect(last?.detail).toMatchObject({ reason, source: /sign-in\/oidc\/([\w-]+)/.exec(answer.url)![1] });
  }

  it('is offered by name, and nothing else of the settings is', async () => {
    const { items } = SignInSourceList.parse(await (await own('/v1/sign-in/sources')).json());
    expect(items).toEqual(SOURCES.map((id) => ({ id, kind: 'oidc', name: '统一身份认证' })));
    expect((await own('/v1/sign-in/oidc/nowhere')).status).toBe(404);
  });

  it('sends the browser away with state, nonce and PKCE, which its cookie does not tell', async () => {
    const { to, flow } = await leave();
    expect(to.origin).toBe(provider.issuer);
    const asked = Object.fromEntries(to.searchParams);
    expect(asked).toMatchObject({
      ...{ response_type: 'code', client_id: CLIENT.id, scope: 'openid profile', code_challenge_method: 'S256' },
      redirect_uri: `${SITE}/v1/sign-in/oidc/sso/callback`,
    });
    const told = Buffer.from(flow.split('=')[1]!.split('.')[0]!, 'base64url').toString('utf8');
    for (const name of ['state', 'nonce', 'code_challenge'])
      expect([asked[name]!.length, told.includes(asked[name]!)]).toEqual([43, false]);
    const again = await leave();
    expect(again.to.searchParams.get('state')).not.toBe(asked.state);
    const answer = await own('/v1/sign-in/oidc/sso');
    expect(answer.headers.getSetCookie()[0]).toMatch(/; Max-Age=600; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
  });

  it('makes a user of who comes first, and follows name and groups at each sign-in', async () => {
    const clerks = await bench.fetch('/v1/departments', asJson({ name: '分行' }));
    const { id: parentId } = (await clerks.json()) as { id: string };
    const { id: departmentId } = (await (await bench.fetch('/v1/departments', asJson({ name: '会计部', parentId }))).json()) as {
      id: string;
    };
    const first = await session(await back(await away('sso', '?return=%2Fbatches%3Fpage%3D2')));
    expect(first.view).toMatchObject({ mustChangePassword: false, user: { login: 'li.si', displayName: '李四', roles: ['clerk'] } });
    const { items } = UserPage.parse(await (await bench.fetch('/v1/users')).json());
    expect(items.find(({ login }) => login === 'li.si')).toMatchObject({ source: 'oidc', departmentId });
    provider.account.claims = { ...provider.account.claims, name: '李四四', groups: ['bill-reviewers', 'lunch'] };
    const second = await session(await back(await away()));
    expect(second.view.user).toMatchObject({ id: first.view.user.id, displayName: '李四四', roles: ['reviewer'] });
    const [opened] = await bench.rows<{ detail: object }>(
      `select detail from audit_entry where action = 'session.open' order by id desc limit 1`,
    );
    expect(opened?.detail).toMatchObject({ by: 'oidc:sso', login: 'li.si' });
  });

  it('ends the session that the browser had before', async () => {
    const before = await session(await back(await away()));
    const { to, flow } = await leave('sso', '', [before.cookie]);
    await session(await back({ path: await atProvider(to), flow }));
    expect((await own('/v1/session', [before.cookie])).status).toBe(401);
  });

  it.each([
    ['/batches?page=2', '/batches?page=2'],
    ['https://evil.example/', '/'],
    ['//evil.example/', '/'],
    ['/\\evil.example', '/'],
    ['/./\t/evil.example', '/'],
    ['/.//evil.example', '/'],
    ['javascript:alert(1)', '/'],
    ['/v1/sign-in/oidc/sso', '/'],
  ])('returns from a wish for %j to %j', async (wish, to) => {
    const answer = await back(await away('sso', `?return=${encodeURIComponent(wish)}`));
    expect([answer.status, answer.headers.get('location')]).toEqual([303, to]);
  });

  it('refuses who is disabled here, and who is in groups that exclude each other', async () => {
    const { view } = await session(await back(await away()));
    await bench.fetch(`/v1/users/${view.user.id}`, asJson({ state: 'disabled' }, 'PATCH'));
    await refused(await back(await away()), 'disabled');
    await bench.fetch(`/v1/users/${view.user.id}`, asJson({ state: 'active' }, 'PATCH'));
    provider.account = { id: 'u-2', claims: { preferred_username: 'both', groups: ['auditors', 'bill-clerks'] } };
    await refused(await back(await away()), 'rolesExclusive');
  });

  it('takes rights away at the next sign-in of whoever has left the groups, from the session that was open too', async () => {
    const open = await session(await back(await away()));
    expect(open.view.scopes).toContain('receipt.write');
    provider.account.claims = { ...provider.account.claims, groups: [] };
    expect((await session(await back(await away()))).view).toMatchObject({ user: { roles: [] }, scopes: [] });
    expect((await own('/v1/receipts', [open.cookie])).status).toBe(403);
  });

  it('ends every session of a person at the moment when they are disabled here', async () => {
    const { cookie, view } = await session(await back(await away()));
    expect((await own('/v1/session', [cookie])).status).toBe(200);
    await bench.fetch(`/v1/users/${view.user.id}`, asJson({ state: 'disabled' }, 'PATCH'));
    expect((await own('/v1/session', [cookie])).status).toBe(401);
    await bench.fetch(`/v1/users/${view.user.id}`, asJson({ state: 'active' }, 'PATCH'));
    expect((await own('/v1/session', [cookie])).status).toBe(401);
  });

  describe('the browser', () => {
    it('must be the one that left, with the state that it left with', async () => {
      const [mine, theirs] = [await away(), await away()];
      const before = provider.tokenCalls;
      await refused(await own(theirs.path), 'foreignFlow');
      await refused(await own(theirs.path, ['__Host-piaoyan_sign_in=x.y']), 'foreignFlow');
      await refused(await back({ ...theirs, flow: `${theirs.flow.slice(0, -2)}AA` }), 'foreignFlow');
      const elsewhere = await own(theirs.path.replace('/sso/', '/strong/'), [theirs.flow]);
      await refused(elsewhere, 'foreignFlow');
      await refused(await back({ path: theirs.path, flow: mine.flow }), 'notProven');
      expect(provider.tokenCalls).toBe(before);
      await session(await back(theirs));
    });

    it('uses what it brings once', async () => {
      const returned = await away();
      await session(await back(returned));
      const before = provider.tokenCalls;
      await refused(await back(returned), 'replayed');
      expect(provider.tokenCalls).toBe(before);
      const fresh = await leave();
      const code = new URL(returned.path, SITE).searchParams.get('code')!;
      const stolen = new URLSearchParams({ code, state: fresh.to.searchParams.get('state')!, iss: provider.issuer });
      await refused(await own(`/v1/sign-in/oidc/sso/callback?${stolen.toString()}`, [fresh.flow]), 'notProven');
    });

    it('must come from the provider that it was sent to, and with a code', async () => {
      const foreign = await away();
      const path = foreign.path.replace(encodeURIComponent(provider.issuer), encodeURIComponent('https://evil.example'));
      expect(path).not.toBe(foreign.path);
      await refused(await back({ ...foreign, path }), 'notProven');
      const silent = await away();
      await refused(await back({ ...silent, path: silent.path.replace(/&iss=[^&]*/, '') }), 'notProven');
      const { to, flow } = await leave();
      const denied = new URLSearchParams({ error: 'access_denied', state: to.searchParams.get('state')!, iss: provider.issuer });
      await refused(await own(`/v1/sign-in/oidc/sso/callback?${denied.toString()}`, [flow]), 'notProven');
    });
  });

  describe('an ID token', () => {
    const now = (): number => Math.floor(Date.now() / SECOND_MS);

    it('counts as the provider signed it again, so that the next cases fail of what they change alone', async () => {
      provider.rewrite = (claims) => ({ ...claims });
      await session(await back(await away()));
    });

    it('may be some seconds off our clock, either way', async () => {
      for (const change of [
        { exp: now() - 4, iat: now() - 60 },
        { iat: now() + 4, nbf: now() + 4 },
      ]) {
        provider.rewrite = (claims) => ({ ...claims, ...change });
        await session(await back(await away()));
      }
    });

    it.each<[string, object]>([
      ['with the nonce of another flow', { nonce: 'A'.repeat(43) }],
      ['without a nonce', { nonce: undefined }],
      ['of another issuer', { iss: 'https://evil.example' }],
      ['for another client', { aud: 'somebody-else' }],
      ['for several clients without saying who asked', { aud: [CLIENT.id, 'somebody-else'] }],
      ['that expired more seconds ago than clocks differ', { exp: now() - 15, iat: now() - 120 }],
      ['that has expired', { exp: now() - 60, iat: now() - 120 }],
      ['from a minute ahead', { nbf: now() + 60 }],
      ['without an end', { exp: undefined }],
      ['without a subject', { sub: '' }],
      ['with a login that nobody can have here', { preferred_username: '<script>' }],
      ['without a login', { preferred_username: undefined }],
      ['with more groups than anybody has', { groups: Array.from({ length: 1_001 }, (_, at) => `g-${at}`) }],
    ])('%s proves nobody', async (_what, change) => {
      provider.rewrite = (claims) => ({ ...claims, ...change });
      await refused(await back(await away()), 'notProven');
    });

    it.each<[string, OidcServer['forge']]>([
      ['that is not signed', (claims) => jws({ alg: 'none' }, claims, () => '')],
      [
        'signed with the secret that we share',
        (claims) => jws({ alg: 'HS256' }, claims, (input) => createHmac('sha256', CLIENT.secret).update(input).digest('base64url')),
      ],
      ['whose signature is of something else', (claims) => jws({ alg: 'ES256', kid: 'first' }, claims, () => 'A'.repeat(86))],
    ])('%s proves nobody', async (_what, forge) => {
      provider.forge = forge;
      await refused(await back(await away()), 'notProven');
    });

    it('is checked with the keys that the provider has now', async () => {
      const [old, next] = [provider.signingKey, newSigningKey('second')];
      provider.signingKey = next;
      await refused(await back(await away()), 'notProven');
      provider.published = [old, next];
      await session(await back(await away()));
      provider.published = [next];
      await session(await back(await away()));
      provider.signingKey = old;
      provider.rewrite = (claims) => claims;
      await refused(await back(await away()), 'notProven');
      provider.published = [old];
    });

    it('must say that the person was proved as strongly as the settings want', async () => {
      const [acr, amr] = ['urn:bank:two', ['pwd', 'otp']];
      expect((await leave('strong')).to.searchParams.get('acr_values')).toBe(acr);
      for (const weak of [{}, { acr }, { amr }, { acr: 'urn:bank:one', amr }, { acr, amr: ['pwd'] }, { acr, amr: 'otp' }]) {
        provider.rewrite = (claims) => ({ ...claims, acr: undefined, amr: undefined, ...weak });
        await refused(await back(await away('strong')), 'notProven');
      }
      provider.rewrite = (claims) => ({ ...claims, acr, amr });
      await session(await back(await away('strong')));
    });

    it('is made complete by the userinfo endpoint where the settings say so, and never overruled by it', async () => {
      provider.rewrite = (claims) => ({ ...claims, groups: undefined, name: '李四 by the token' });
      provider.account.claims = { ...provider.account.claims, groups: ['bill-reviewers'] };
      const { view } = await session(await back(await away('user-info')));
      expect(view.user).toMatchObject({ displayName: '李四 by the token', roles: ['reviewer'] });
      expect((await session(await back(await away()))).view.user.roles).toEqual([]);
    });
  });

  describe('a provider that cannot be asked', () => {
    const unavailable = async (answer: Response): Promise<void> => {
      expect([answer.status, Problem.parse(await answer.json()).code]).toEqual([503, 'sign-in-source-unavailable']);
    };

    it('has no certificate of the authority in the settings', async () => unavailable(await own('/v1/sign-in/oidc/wrong-ca')));

    it('says in its discovery that it is another issuer', async () => {
      for (const issuer of ['https://evil.example', `${provider.issuer}/other`, undefined]) {
        provider.discovery = (metadata) => ({ ...metadata, issuer });
        await unavailable(await own('/v1/sign-in/oidc/foreign-issuer'));
      }
      provider.discovery = null;
      expect((await own('/v1/sign-in/oidc/foreign-issuer')).status).toBe(302);
    });

    it('names another host for its tokens: nothing is sent there', async () => {
      let reached = 0;
      const elsewhere = createServer((socket) => {
        reached += 1;
        socket.destroy();
      }).listen(0, '127.0.0.1');
      await new Promise((resolve) => elsewhere.once('listening', resolve));
      const { port } = elsewhere.address() as AddressInfo;
      provider.discovery = (metadata) => ({ ...metadata, token_endpoint: `https://127.0.0.1:${port}/token` });
      await unavailable(await back(await away('foreign-host')));
      expect(reached).toBe(0);
      elsewhere.close();
    });

    it('is down: the sign-in says so, and what does not need it works on', async () => {
      const returned = await away();
      await provider.close();
      await unavailable(await back(returned));
      expect((await bench.fetch('/v1/users')).status).toBe(200);
      expect((await own('/v1/sign-in/sources')).status).toBe(200);
    });
  });
});

const asJson = (body: object, method = 'POST') => ({ method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
