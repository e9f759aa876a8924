import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Problem, SessionView, UserPasswordView } from '@app/contracts';
import { Client } from 'ldapts';
import { readFileSync } from 'node:fs';
import { createCertificates } from '../../libs/devstack/src/certificates/certificates';
import { Directory } from '../../libs/identity/src/federation/ldap/directory';
import { readSignInFile } from '../../libs/identity/src/federation/settings/read-sign-in-file';
import { type ApiBench, createApiBench } from '../support/api-bench';
import { bankDirectory, dnOf, PASSWORD, SERVICE } from './bank-directory';
import { type SlapdServer, startSlapd } from './slapd-server';

describe('signing in with a real directory', () => {
  let directory: string;
  let file: string;
  let caFile: string;
  let slapd: SlapdServer;
  let bench: ApiBench;
  /** Where the referral leads: whoever follows it is counted. */
  let elsewhere: Server;
  let reachedElsewhere = 0;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'piaoyan-ldap-'));
    const certificates = await createCertificates(join(directory, 'own'));
    const other = await createCertificates(join(directory, 'other'));
    caFile = certificates.caFile;
    elsewhere = createServer((socket) => {
      reachedElsewhere += 1;
      socket.destroy();
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => elsewhere.once('listening', resolve));
    const { port } = elsewhere.address() as AddressInfo;
    slapd = await startSlapd(directory, bankDirectory(`ldap://127.0.0.1:${port}/ou=people,dc=bank`), certificates);
    const [good, bad] = [join(directory, 'password'), join(directory, 'wrong-password')];
    await writeFile(good, SERVICE.password);
    await writeFile(bad, 'something else');
    const [ldap, ldaps] = [`ldap://127.0.0.1:${slapd.ldapPort}`, `ldaps://127.0.0.1:${slapd.ldapsPort}`];
    const source = {
      ...{ kind: 'ldap', name: '总行域账号', tenant: 'first', urls: [ldaps], bindDn: SERVICE.dn, bindPasswordFile: good, caFile },
      ...{ baseDn: 'dc=bank', userFilter: '(&(objectClass=inetOrgPerson)(uid={login}))' },
      rules: [
        { group: 'CN=bill-clerks,OU=groups,DC=bank', roles: ['clerk'] },
        { group: 'cn=bill-reviewers,ou=groups,dc=bank', roles: ['reviewer'] },
        { group: 'cn=auditors,ou=groups,dc=bank', roles: ['auditor'] },
      ],
    };
    const sources = [
      { ...source, id: 'bank' },
      { ...source, id: 'start-tls', urls: [ldap], startTls: true },
      { ...source, id: 'plain', urls: [ldap], allowPlain: true },
      { ...source, id: 'second-url', urls: [`ldaps://127.0.0.1:${port}`, ldaps] },
      { ...source, id: 'wrong-ca', caFile: other.caFile },
      { ...source, id: 'wrong-name', urls: [`ldaps://127.0.0.2:${slapd.ldapsPort}`] },
      { ...source, id: 'wrong-service', bindPasswordFile: bad },
      {
        ...{ ...source, id: 'searched', rules: [{ group: 'bill-clerks', roles: ['reviewer'] }] },
        groups: { kind: 'search', baseDn: 'ou=groups,dc=bank', filter: '(&(objectClass=groupOfNames)(member={dn}))' },
      },
    ];
    file = join(directory, 'sign-in.json');
    await writeFile(file, JSON.stringify({ sources }));
    bench = await createApiBench({ PIAOYAN_SIGN_IN_FILE: file }, { withWorker: false });
  });
  afterAll(async () => {
    await bench.close();
    await slapd.close();
    await new Promise((resolve) => elsewhere.close(resolve));
    await rm(directory, { recursive: true });
  });
  beforeEach(() => bench.rows('delete from sign_in_throttle'));

  const signIn = (login: string, password = PASSWORD, source = 'bank') =>
    fetch(`${bench.url}/v1/sign-in/ldap/${source}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ login, password }),
    });
  async function user(answer: Response): Promise<SessionView['user']> {
    expect([answer.status, answer.headers.get('set-cookie')]).toEqual([200, expect.stringContaining('__Host-piaoyan_session=')]);
    return SessionView.parse(await answer.json()).user;
  }
  const codeOf = async (answer: Response) => [answer.status, Problem.parse(await answer.json()).code];
  async function refused(answer: Response, reason: string): Promise<void> {
    expect(await codeOf(answer)).toEqual([401, 'sign-in-refused']);
    const [last] = await bench.rows<{ detail: { source: string } }>(
      `select detail from audit_entry where action = 'session.refuse' order by id desc limit 1`,
    );
    expect(last?.detail).toMatchObject({ reason, source: /ldap\/([\w-]+)/.exec(answer.url)![1] });
  }
  const directoryOf = (id: string) => new Directory(readSignInFile(file).ldap.find((one) => one.id === id)!);

  it('makes a user of who comes first, with the roles of the groups', async () => {
    const first = await user(await signIn('li.si'));
    expect(first).toMatchObject({ login: 'li.si', displayName: '李四', roles: ['clerk'] });
    expect((await user(await signIn('LI.SI'))).id).toBe(first.id);
    const [opened] = await bench.rows<{ detail: object }>(
      `select detail from audit_entry where action = 'session.open' order by id desc limit 1`,
    );
    expect(opened?.detail).toMatchObject({ by: 'ldap:bank', login: 'li.si' });
    expect(await user(await signIn('张三'))).toMatchObject({ login: '张三', roles: ['reviewer'] });
    expect(await user(await signIn('wang.wu'))).toMatchObject({ roles: [] });
  });

  it('works with StartTLS, with the next address where one is dead, and with a search for groups', async () => {
    expect(await user(await signIn('li.si', PASSWORD, 'searched').then(orTaken))).toMatchObject({ login: 'li.si' });
    for (const id of ['start-tls', 'second-url', 'searched']) {
      const found = await directoryOf(id).find('li.si');
      expect(found).toMatchObject({ dn: dnOf({ uid: 'li.si' }), person: { issuer: `ldap:${id}`, login: 'li.si' } });
      expect(found?.person.groups).toContain(id === 'searched' ? 'bill-clerks' : 'cn=bill-clerks,ou=groups,dc=bank');
      expect(await directoryOf(id).isPassword(found!.dn, PASSWORD)).toBe(true);
      expect(await directoryOf(id).isPassword(found!.dn, 'wrong')).toBe(false);
    }
  });

  /** The same person of another source is another subject with a login that is taken: the sign-in is refused, and nobody becomes somebody else. */
  const orTaken = async (answer: Response): Promise<Response> => {
    await refused(answer, 'loginTaken');
    return signIn('li.si');
  };

  it('gives one answer, whoever is refused and why', async () => {
    const { oneTimePassword } = UserPasswordView.parse(
      await (await bench.fetch('/v1/users', asJson({ login: 'taken', displayName: 'Local' }))).json(),
    );
    const cases = [
      ['nobody', PASSWORD, 'unknown'],
      ['li.si', 'wrong', 'wrong'],
      ['locked', PASSWORD, 'wrong'],
      ['twin', PASSWORD, 'unknown'],
      ['both', PASSWORD, 'rolesExclusive'],
      ['taken', PASSWORD, 'loginTaken'],
      ['taken', oneTimePassword, 'wrong'],
    ] as const;
    const answers = new Set<string>();
    for (const [login, password, reason] of cases) {
      const answer = await signIn(login, password);
      const { id: _id, ...problem } = Problem.parse(await answer.clone().json());
      answers.add(JSON.stringify(problem));
      await refused(answer, reason);
    }
    expect(answers.size).toBe(1);
  });

  it.each(['*', 'li*', '*)(uid=*', 'li.si)(|(uid=*', 'li.si)(objectClass=*', '\\2a', '\\', '(', 'x)(!(uid=x'])(
    'takes %j as a login that nobody has',
    async (login) => {
      await refused(await signIn(login), 'unknown');
    },
  );

  it('takes no login with a control character', async () => {
    expect(await codeOf(await signIn('li.si\0'))).toEqual([422, 'invalid-field']);
    expect(await directoryOf('bank').find('li.si\0')).toBeNull();
  });

  it('asks no directory with an empty password, with which it would say yes', async () => {
    const client = new Client({ url: `ldaps://127.0.0.1:${slapd.ldapsPort}`, tlsOptions: { ca: readFileSync(caFile) } });
    await client.bind(dnOf({ uid: 'li.si' }), '');
    await client.unbind();
    expect(await codeOf(await signIn('li.si', ''))).toEqual([422, 'invalid-field']);
    expect(await directoryOf('bank').isPassword(dnOf({ uid: 'li.si' }), '')).toBe(false);
  });

  it('follows no referral', async () => {
    const before = reachedElsewhere;
    await refused(await signIn('somebody.elsewhere'), 'unknown');
    expect(await directoryOf('bank').isPassword('uid=x,ou=elsewhere,ou=people,dc=bank', PASSWORD)).toBe(false);
    expect(reachedElsewhere).toBe(before);
  });

  it.each(['plain', 'wrong-ca', 'wrong-name', 'wrong-service'])('says that the directory cannot be asked: %s', async (source) => {
    expect(await codeOf(await signIn('li.si', PASSWORD, source))).toEqual([503, 'sign-in-source-unavailable']);
  });

  it('locks after five wrong guesses at a user as for local accounts, and leaves the directory’s own account alone', async () => {
    const { id } = await user(await signIn('zhao.liu'));
    for (let guess = 0; guess < 5; guess += 1) await refused(await signIn('zhao.liu', 'wrong'), 'wrong');
    await refused(await signIn('zhao.liu'), 'locked');
    const locks = await bench.rows(`select 1 from audit_entry where action = 'user.lock' and target_id = $1`, [id]);
    expect(locks).toHaveLength(1);
    expect(await directoryOf('bank').isPassword(dnOf({ uid: 'zhao.liu' }), PASSWORD)).toBe(true);
    await bench.fetch(`/v1/users/${id}/unlock`, { method: 'POST' });
    await user(await signIn('zhao.liu'));
  });

  it('locks after five wrong guesses at who is no user yet', async () => {
    for (let guess = 0; guess < 5; guess += 1) await refused(await signIn('both', 'wrong'), 'wrong');
    await refused(await signIn('both'), 'locked');
  });

  it('keeps out who is disabled here', async () => {
    const { id } = await user(await signIn('wang.wu'));
    await bench.fetch(`/v1/users/${id}`, asJson({ state: 'disabled' }, 'PATCH'));
    await refused(await signIn('wang.wu'), 'disabled');
    expect((await user(await signIn('li.si'))).login).toBe('li.si');
  });

  it('counts no guess that a dead directory never saw, and local accounts sign in meanwhile', async () => {
    const made = await bench.fetch('/v1/users', asJson({ login: 'local.one', displayName: 'Local' }));
    const { oneTimePassword } = UserPasswordView.parse(await made.json());
    await slapd.close();
    for (let guess = 0; guess < 6; guess += 1) {
      expect(await codeOf(await signIn('li.si'))).toEqual([503, 'sign-in-source-unavailable']);
    }
    const counts = await bench.rows<{ failures: number }>('select failures from sign_in_throttle where failures > 0');
    expect(counts).toEqual([]);
    const local = await fetch(`${bench.url}/v1/session`, asJson({ tenant: 'first', login: 'local.one', password: oneTimePassword }));
    expect(local.status).toBe(200);
  });
});

const asJson = (body: object, method = 'POST') => ({ method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
