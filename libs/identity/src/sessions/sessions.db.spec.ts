import { createIdentityBench, type IdentityBench, GOOD, HOME, MINUTE_MS } from '../../../../test/support/identity-bench';
import { type OpenedSession, Reconfirmation, recentlyAuthenticated, Sessions } from '../index';
import { newSessionToken } from '../sessions/session-token';

describe('sessions', () => {
  let bench: IdentityBench;
  beforeAll(async () => {
    bench = await createIdentityBench();
  });
  afterAll(() => bench.close());
  // Sign-ins of one test are not to throttle those of the next.
  beforeEach(() => bench.rows('delete from sign_in_throttle'));

  describe('a session', () => {
    it('ends when it rested for thirty minutes, and after twelve hours whatever happens', async () => {
      const { login } = await bench.settled();
      const resting = await bench.signIn(login, GOOD);
      bench.clock.pass(30 * MINUTE_MS - 1);
      expect(await bench.sessionOf(resting.token)).not.toBeNull();
      bench.clock.pass(30 * MINUTE_MS);
      expect(await bench.sessionOf(resting.token)).toBeNull();
      const busy = await bench.signIn(login, GOOD);
      for (let passed = 20; passed < 12 * 60; passed += 20) {
        bench.clock.pass(20 * MINUTE_MS);
        expect(await bench.sessionOf(busy.token)).not.toBeNull();
      }
      bench.clock.pass(20 * MINUTE_MS - 1);
      expect(await bench.sessionOf(busy.token)).not.toBeNull();
      bench.clock.pass(1);
      expect(await bench.sessionOf(busy.token)).toBeNull();
    });

    it('is nobody’s for a forged, cut, ended or foreign token, and its token is not what is stored', async () => {
      const { session, id } = await bench.settled();
      const { token } = session;
      const [stored] = await bench.rows<{ hash: Buffer }>('select token_hash as hash from user_session where user_id = $1', [id]);
      const forged = [
        token.slice(0, -1),
        `${token}A`,
        newSessionToken(),
        '',
        stored!.hash.toString('base64url'),
        `${token.slice(0, -4)}AAAA`,
      ];
      for (const one of forged) expect(await bench.sessionOf(one)).toBeNull();
      await bench.get(Sessions).end(bench.by('x'), id, session.sessionId);
      expect(await bench.sessionOf(token)).toBeNull();
    });

    it('is one of ten at most, is listed to its owner, and ends with all others when its owner says so', async () => {
      const { id, login } = await bench.settled();
      const opened: OpenedSession[] = [];
      for (let count = 0; count < 11; count += 1) {
        bench.clock.pass(1_000);
        opened.push(await bench.signIn(login, GOOD));
      }
      const listed = await bench.get(Sessions).list(bench.by('x'), id);
      expect(listed.map((one) => one.id)).toEqual(
        opened
          .slice(1)
          .reverse()
          .map(({ sessionId }) => sessionId),
      );
      expect(await bench.get(Sessions).endAll(bench.by('x'), id)).toBe(10);
      expect(await bench.sessionOf(opened[10]!.token)).toBeNull();
    });

    it('has other rights from the next request on when roles change, and none of a disabled user', async () => {
      const { id, session } = await bench.settled(['clerk']);
      expect((await bench.recognise(session)).scopes).toContain('receipt.write');
      await bench.users().setRoles(bench.by('granter'), id, ['accountant']);
      expect((await bench.recognise(session)).scopes).not.toContain('receipt.write');
      await bench.users().setRoles(bench.by('granter'), id, []);
      expect((await bench.recognise(session)).scopes.size).toBe(0);
      await bench.users().change(bench.by('maker'), id, { state: 'disabled' });
      expect(await bench.sessionOf(session.token)).toBeNull();
    });

    it('counts as freshly proved for five minutes, and again after another proof', async () => {
      const { session } = await bench.settled();
      const at = await bench.recognise(session);
      bench.clock.pass(5 * MINUTE_MS);
      expect(recentlyAuthenticated(at, bench.clock.now())).toBe(true);
      bench.clock.pass(1);
      expect(recentlyAuthenticated(at, bench.clock.now())).toBe(false);
      await expect(bench.get(Reconfirmation).confirm(at, { password: 'wrong', address: HOME })).rejects.toMatchObject({
        code: 'proof-refused',
      });
      const renewed = await bench.get(Reconfirmation).confirm(at, { password: GOOD, address: HOME });
      expect(recentlyAuthenticated(await bench.recognise(renewed), bench.clock.now())).toBe(true);
      expect(await bench.sessionOf(session.token)).toBeNull();
    });
  });
});
