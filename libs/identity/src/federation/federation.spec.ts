import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { groupRulesOf } from './group-rules-of';
import { escapeFilterValue, filterWith, isUserFilter } from './ldap/user-filter';
import { beginFlow, checksOf, type Flow, FLOW_MS, readFlow, writeFlow } from './oidc/flow';
import { returnPath } from './oidc/return-path';
import { readSignInFile } from './settings/read-sign-in-file';
import { SignInFile } from './settings/sign-in-file';
import { vouchedPerson } from './vouched-person';

describe('a filter for one login', () => {
  it.each([
    ['zhang.san', 'zhang.san'],
    ['张三', '张三'],
    ['*', '\\2a'],
    ['*)(uid=*', '\\2a\\29\\28uid=\\2a'],
    ['\\2a', '\\5c2a'],
    ['a\0b', 'a\\00b'],
    ['$&{login}', '$&{login}'],
  ])('holds %j as data', (value, escaped) => {
    expect(escapeFilterValue(value)).toBe(escaped);
    expect(filterWith('(|(uid={login})(mail={login}))', '{login}', value)).toBe(`(|(uid=${escaped})(mail=${escaped}))`);
  });

  it.each([
    ['(uid={login})', true],
    ['(&(objectClass=person)(uid={login}))', true],
    ['(uid=zhang.san)', false],
    ['(uid={login}', false],
    ['(&(uid={login})', false],
    ['', false],
  ])('%j is one: %j', (filter, is) => {
    expect(isUserFilter(filter, '{login}')).toBe(is);
  });
});

describe('the settings of sources', () => {
  const oidc = {
    ...{ id: 'sso', kind: 'oidc', name: 'SSO', tenant: 'first', issuer: 'https://sso.bank.example', clientId: 'piaoyan' },
    ...{ clientSecretFile: '/run/secret', caFile: '/run/ca.crt', rules: [{ group: 'clerks', roles: ['clerk'] }] },
  };
  const ldap = {
    ...{ id: 'dir', kind: 'ldap', name: 'Directory', tenant: 'first', urls: ['ldaps://ldap.bank.example'], bindDn: 'cn=piaoyan,dc=bank' },
    ...{ bindPasswordFile: '/run/secret', baseDn: 'dc=bank', userFilter: '(uid={login})', caFile: '/run/ca.crt', rules: [] },
  };
  const file = (...sources: object[]) => ({ publicUrl: 'https://piaoyan.bank.example', sources });

  it('have defaults that people expect', () => {
    const { sources } = SignInFile.parse(file(oidc, ldap));
    expect(sources[0]).toMatchObject({ scopes: ['profile'], loginClaim: 'preferred_username', groupsClaim: 'groups', timeoutMs: 5_000 });
    expect(sources[1]).toMatchObject({ subjectAttribute: 'entryUUID', loginAttribute: 'uid', groups: { kind: 'memberOf' } });
  });

  it.each<[string, object]>([
    ['a key that nobody knows', file({ ...oidc, clientSecret: 'inline' })],
    ['an issuer without TLS', file({ ...oidc, issuer: 'http://sso.bank.example' })],
    ['a role that there is not', file({ ...oidc, rules: [{ group: 'x', roles: ['root'] }] })],
    ['no address for providers to send people back to', { sources: [oidc] }],
    ['an address with a path', { publicUrl: 'https://piaoyan.bank.example/app', sources: [oidc] }],
    ['one id twice', file(oidc, { ...ldap, id: 'sso' })],
    ['an id that is no part of an address', file({ ...oidc, id: '../x' })],
    ['a directory without TLS', file({ ...ldap, urls: ['ldap://ldap.bank.example'] })],
    ['a directory elsewhere without TLS, even if allowed', file({ ...ldap, urls: ['ldap://ldap.bank.example'], allowPlain: true })],
    ['a second address without TLS', file({ ...ldap, urls: ['ldaps://ldap.bank.example', 'ldap://ldap.bank.example'] })],
    ['StartTLS within TLS', file({ ...ldap, startTls: true })],
    ['an address of a directory with a name in it', file({ ...ldap, urls: ['ldaps://127.0.0.1@evil.example'] })],
    ['a filter without the login', file({ ...ldap, userFilter: '(uid=x)' })],
    ['a filter for groups without the person', file({ ...ldap, groups: { kind: 'search', baseDn: 'dc=bank', filter: '(cn=x)' } })],
  ])('are refused with %s', (_what, settings) => {
    expect(SignInFile.safeParse(settings).success).toBe(false);
  });

  it.each([
    ['ldap://127.0.0.1:389', { allowPlain: true }],
    ['ldap://ldap.bank.example', { startTls: true }],
    ['ldaps://[fd00::1]:636/', {}],
  ])('take %s with %j', (url, more) => {
    expect(SignInFile.safeParse(file({ ...ldap, ...more, urls: [url] })).error).toBeUndefined();
  });

  it('are read with their secrets, and say which file is missing, empty or wrong, never what is in it', () => {
    const directory = mkdtempSync(join(tmpdir(), 'piaoyan-sign-in-'));
    const path = (name: string, content: string): string => {
      writeFileSync(join(directory, name), content);
      return join(directory, name);
    };
    const ca = path('ca.crt', '-----BEGIN CERTIFICATE-----');
    const written = (source: object): string => path('sign-in.json', JSON.stringify(file(source)));
    const whole = { ...oidc, caFile: ca, clientSecretFile: path('secret', ' hunter2\n') };
    expect(readSignInFile(written(whole))).toMatchObject({
      publicUrl: 'https://piaoyan.bank.example',
      oidc: [{ clientSecret: 'hunter2' }],
    });
    expect(messageOf(path('broken.json', '{"a": hunter2'))).toBe('PIAOYAN_SIGN_IN_FILE: the file is no JSON');
    expect(messageOf(join(directory, 'none.json'))).toBe('PIAOYAN_SIGN_IN_FILE: the file cannot be read (ENOENT)');
    for (const [source, problem] of [
      [{ ...whole, clientSecretFile: path('empty', '\n') }, 'the secret of sso is empty'],
      [{ ...whole, clientSecretFile: join(directory, 'none') }, 'the secret of sso cannot be read (ENOENT)'],
      [{ ...whole, caFile: path('no.crt', 'hunter2') }, 'caFile of sso holds no PEM certificate'],
      [{ ...whole, hunter: 2 }, 'sources.0'],
    ] as const) {
      const message = messageOf(written(source));
      expect(message).toContain(problem);
      expect(message).not.toContain('hunter2');
    }
    rmSync(directory, { recursive: true });
  });
});

function messageOf(path: string): string {
  try {
    readSignInFile(path);
  } catch (error) {
    return (error as Error).message;
  }
  return '';
}

describe('rules for groups', () => {
  const departments = [
    { id: 'd-1', name: '分行', parentId: null },
    { id: 'd-2', name: '会计部', parentId: 'd-1' },
    { id: 'd-3', name: '会计部', parentId: null },
  ];

  it('name departments by their paths, and give roles alone where the path leads nowhere', () => {
    const rule = (department: string | undefined) => ({ group: 'g', roles: ['clerk' as const], department });
    const { rules, unknown } = groupRulesOf(['分行/会计部', '会计部', '会计', undefined].map(rule), departments);
    expect(rules.map(({ departmentId }) => departmentId)).toEqual(['d-2', 'd-3', undefined, undefined]);
    expect(unknown).toEqual(['会计']);
  });
});

describe('the cookie of a flow', () => {
  const [KEY, NOW] = ['k'.repeat(32), new Date('2026-11-26T08:00:00Z')];
  const flow = beginFlow({ sourceId: 'sso', returnTo: '/', previous: null }, NOW);
  const later = (ms: number): Date => new Date(NOW.getTime() + ms);

  it('is read by who wrote it, for its source, until it expires', () => {
    const cookie = writeFlow(flow, KEY);
    expect(readFlow(cookie, 'sso', KEY, later(FLOW_MS - 1))).toEqual(flow);
    expect(readFlow(cookie, 'sso', KEY, later(FLOW_MS))).toBeNull();
    expect(readFlow(cookie, 'other', KEY, NOW)).toBeNull();
    expect(readFlow(cookie, 'sso', 'x'.repeat(32), NOW)).toBeNull();
    const [body, tag] = cookie.split('.') as [string, string];
    const forged = Buffer.from(JSON.stringify({ ...flow, returnTo: '/evil' })).toString('base64url');
    for (const other of [`${forged}.${tag}`, body, `${body}.`, '', '.', 'x'.repeat(5_000), undefined]) {
      expect(readFlow(other, 'sso', KEY, NOW)).toBeNull();
    }
  });

  it('gives three checks that differ, by flow, source and installation', () => {
    const seen = (one: Flow, key: string): string[] => Object.values({ ...checksOf(one, key) } as Record<string, string>);
    const all = [flow, { ...flow, sourceId: 'b' }, beginFlow(flow, NOW)].flatMap((one) => seen(one, KEY));
    expect(new Set([...all, ...seen(flow, 'x'.repeat(32))]).size).toBe(12);
  });
});

describe('the way back', () => {
  it.each([
    ['/', '/'],
    ['/receipts/1#page-2', '/receipts/1#page-2'],
    ['/a/../b', '/b'],
    [undefined, '/'],
    ['', '/'],
    ['receipts', '/'],
    ['//evil.example', '/'],
    ['/\\evil.example', '/'],
    ['/a/..//evil.example', '/'],
    ['/%5cevil.example', '/%5cevil.example'],
    ['/\nevil', '/'],
    ['/v1/session', '/'],
    ['/x/../v1/session', '/'],
    [`/${'a'.repeat(500)}`, '/'],
  ])('of %j is %j', (wished, path) => {
    expect(returnPath(wished)).toBe(path);
  });
});

describe('who is vouched for', () => {
  const raw = { issuer: 'i', subject: 's-1', login: 'li.si', displayName: '李四', groups: ['a'] };

  it.each([
    [{}, { login: 'li.si', displayName: '李四', groups: ['a'] }],
    [{ displayName: ' a\u202eb\n' }, { displayName: 'a b' }],
    [{ displayName: 42 }, { displayName: 'li.si' }],
    [{ displayName: '票'.repeat(200) }, { displayName: '票'.repeat(100) }],
    [{ groups: 'only' }, { groups: ['only'] }],
    [{ groups: undefined }, { groups: [] }],
  ])('with %j is %j', (change, person) => {
    expect(vouchedPerson({ ...raw, ...change })).toMatchObject(person);
  });

  it.each([
    { subject: '' },
    { subject: 7 },
    { subject: 'a\0b' },
    { subject: 's'.repeat(501) },
    { login: 'a b' },
    { login: [] },
    { groups: [1] },
    { groups: {} },
  ])('with %j is nobody', (change) => {
    expect(vouchedPerson({ ...raw, ...change })).toBeNull();
  });
});
