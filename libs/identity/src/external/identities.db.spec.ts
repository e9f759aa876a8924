import { createIdentityBench, type IdentityBench, HOME } from '../../../../test/support/identity-bench';
import { Identities } from '../index';

describe('people of another source', () => {
  let bench: IdentityBench;
  beforeAll(async () => {
    bench = await createIdentityBench();
  });
  afterAll(() => bench.close());
  // Sign-ins of one test are not to throttle those of the next.
  beforeEach(() => bench.rows('delete from sign_in_throttle'));

  describe('somebody of another source', () => {
    const RULES = [
      { group: 'counter', roles: ['clerk'] as const },
      { group: 'review', roles: ['reviewer'] as const },
      { group: 'audit', roles: ['auditor'] as const },
    ];
    const terms = () => ({ tenantId: bench.tenantIds[0], rules: RULES, address: HOME });
    const person = {
      source: 'oidc' as const,
      sourceId: 'sso',
      issuer: 'https://sso.bank.example',
      subject: 's-1',
      login: 'li.si',
      displayName: '李四',
    };

    it('becomes a user at the first sign-in, and follows the groups at each', async () => {
      const identities = bench.get(Identities);
      const first = await bench.recognise(await identities.signInExternal({ ...person, groups: ['counter'] }, terms()));
      expect(first.scopes).toContain('receipt.write');
      const second = await bench.recognise(
        await identities.signInExternal({ ...person, displayName: '李四四', groups: ['review'] }, terms()),
      );
      expect(second.session.userId).toBe(first.session.userId);
      expect([second.scopes.has('receipt.write'), second.scopes.has('receipt.review')]).toEqual([false, true]);
      expect((await bench.auditOf(first.session.userId)).map(({ action }) => action)).toEqual([
        'user.provision',
        'session.open',
        'user.update',
        'user.roles',
        'session.open',
      ]);
      await expect(bench.signIn('li.si', '')).rejects.toMatchObject({ code: 'sign-in-refused' });
      await expect(bench.users().resetPassword(bench.by('maker'), first.session.userId)).rejects.toMatchObject({ code: 'user-external' });
      await bench.users().change(bench.by('maker'), first.session.userId, { state: 'disabled' });
      await expect(identities.signInExternal({ ...person, groups: ['counter'] }, terms())).rejects.toMatchObject({
        code: 'sign-in-refused',
      });
    });

    it('is refused, with the reason on record, in groups whose roles exclude each other, and under the login of somebody here', async () => {
      const { login } = await bench.settled();
      const identities = bench.get(Identities);
      const cases = [
        [{ ...person, subject: 's-2', login: 'both', groups: ['audit', 'counter'] }, 'rolesExclusive'],
        [{ ...person, subject: 's-3', login: login.toUpperCase(), groups: ['counter'] }, 'loginTaken'],
      ] as const;
      for (const [external, reason] of cases) {
        await expect(identities.signInExternal(external, terms())).rejects.toMatchObject({ code: 'sign-in-refused' });
        const [last] = await bench.rows(`select detail from audit_entry where action = 'session.refuse' order by id desc limit 1`);
        expect(last).toMatchObject({ detail: { reason } });
      }
    });
  });
});
