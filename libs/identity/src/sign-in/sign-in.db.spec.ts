import { ProblemError } from '@app/contracts';
import { createIdentityBench, type IdentityBench, ELSEWHERE, GOOD, HOME, MINUTE_MS } from '../../../../test/support/identity-bench';
import { SignIn } from '../index';
import { PasswordHashing } from '../passwords/password-hashing';

describe('signing in', () => {
  let bench: IdentityBench;
  beforeAll(async () => {
    bench = await createIdentityBench();
  });
  afterAll(() => bench.close());
  // Sign-ins of one test are not to throttle those of the next.
  beforeEach(() => bench.rows('delete from sign_in_throttle'));

  describe('a first sign-in', () => {
    it('lets a person do nothing but change the one-time password, and with it end every other session', async () => {
      const user = await bench.settled(['reviewer']);
      const session = await bench.recognise(user.session);
      expect(session).toMatchObject({
        method: 'session',
        tenant: { tenantId: bench.tenantIds[0], actor: { type: 'user', id: user.id, name: user.login } },
      });
      expect(session.scopes).toContain('receipt.review');
      expect(await bench.sessionOf(user.first.token)).toBeNull();
      await expect(bench.signIn(user.login, user.oneTimePassword)).rejects.toMatchObject({ code: 'sign-in-refused' });
      const { user: other, oneTimePassword } = await bench.users().create(bench.by('maker'), { login: 'fresh', displayName: 'x' });
      await bench.users().setRoles(bench.by('granter'), other.id, ['clerk']);
      const restricted = await bench.recognise(await bench.signIn('FRESH', oneTimePassword));
      expect([restricted.session.mustChangePassword, restricted.scopes.size]).toEqual([true, 0]);
    });

    it('is too late after three days', async () => {
      const { oneTimePassword } = await bench.users().create(bench.by('maker'), { login: 'late', displayName: 'x' });
      bench.clock.pass(72 * 60 * MINUTE_MS);
      await expect(bench.signIn('late', oneTimePassword)).rejects.toMatchObject({ code: 'sign-in-refused' });
    });

    it('needs no tenant where there is one only, and one here', async () => {
      const user = await bench.settled();
      const without = bench.get(SignIn).withPassword({ login: user.login, password: GOOD, address: HOME });
      await expect(without).rejects.toMatchObject({ code: 'sign-in-refused' });
    });
  });

  describe('a wrong sign-in', () => {
    it('is answered alike whatever is wrong with it', async () => {
      const user = await bench.settled();
      const disabled = await bench.settled();
      await bench.users().change(bench.by('maker'), disabled.id, { state: 'disabled' });
      const refusals = [
        bench.signIn(user.login, 'wrong'),
        bench.signIn('nobody.at.all', GOOD),
        bench.signIn(user.login, GOOD, HOME, 'no such tenant'),
        bench.signIn(user.login, GOOD, HOME, 'second'),
        bench.signIn(disabled.login, GOOD),
        bench.signIn('', ''),
        bench.signIn(`' or 1=1 --`, GOOD),
      ];
      const told = (await Promise.allSettled(refusals)).map((one) => {
        const { code, status, message } = (one as PromiseRejectedResult).reason as { code: string; status: number; message: string };
        return JSON.stringify({ code, status, message });
      });
      expect(new Set(told).size).toBe(1);
      expect(told[0]).toContain('sign-in-refused');
    });

    it('is on record with login and address; a login that nobody has by its hash alone', async () => {
      const user = await bench.settled();
      await expect(bench.signIn(user.login, 'Wrong-Guess-1', ELSEWHERE)).rejects.toThrow();
      expect((await bench.auditOf(user.id)).at(-1)).toMatchObject({
        action: 'session.refuse',
        detail: { act: 'signIn', reason: 'wrong', address: ELSEWHERE, login: user.login, failures: 1 },
      });
      await expect(bench.signIn('My-Secret-Typed-Into-The-Login', 'x')).rejects.toThrow();
      const [last] = await bench.rows<{ target_type: string; detail: object; all: string }>(
        `select target_type, detail, e::text as all from audit_entry e where action = 'session.refuse' order by id desc limit 1`,
      );
      expect(last).toMatchObject({ target_type: 'login', detail: { reason: 'unknown', login: null } });
      expect(last!.all).not.toContain('My-Secret');
    });

    it('locks at the fifth, for thirty minutes to the second, and an administrator unlocks', async () => {
      const user = await bench.settled();
      for (let guess = 1; guess <= 4; guess += 1) await expect(bench.signIn(user.login, 'wrong', ELSEWHERE)).rejects.toThrow();
      expect((await bench.auditOf(user.id)).map(({ action }) => action)).not.toContain('user.lock');
      await expect(bench.signIn(user.login, 'wrong', ELSEWHERE)).rejects.toThrow();
      expect((await bench.auditOf(user.id)).at(-1)).toMatchObject({ action: 'user.lock', detail: { address: ELSEWHERE } });
      bench.clock.pass(30 * MINUTE_MS - 1);
      await expect(bench.signIn(user.login, GOOD, ELSEWHERE)).rejects.toMatchObject({ code: 'sign-in-refused' });
      bench.clock.pass(1);
      await bench.signIn(user.login, GOOD, ELSEWHERE);

      const other = await bench.settled();
      for (let guess = 1; guess <= 5; guess += 1) await expect(bench.signIn(other.login, 'wrong', ELSEWHERE)).rejects.toThrow();
      await bench.users().unlock(bench.by('maker'), other.id);
      await bench.signIn(other.login, GOOD, ELSEWHERE);
    });

    it('cannot be tried more than five times at once', async () => {
      const user = await bench.settled();
      await Promise.allSettled(Array.from({ length: 15 }, (_, guess) => bench.signIn(user.login, `guess ${guess}`, ELSEWHERE)));
      const refused = (await bench.auditOf(user.id))
        .filter(({ action }) => action === 'session.refuse')
        .map(({ detail }) => detail['reason']);
      expect(refused.sort()).toEqual([...Array.from({ length: 10 }, () => 'locked'), ...Array.from({ length: 5 }, () => 'wrong')]);
      await expect(bench.signIn(user.login, GOOD, ELSEWHERE)).rejects.toThrow();
    });

    it('is none when the crowd was too great to look at it', async () => {
      const user = await bench.settled();
      const verify = jest.spyOn(PasswordHashing.prototype, 'verify').mockRejectedValue(new ProblemError('unavailable'));
      for (let guess = 1; guess <= 6; guess += 1)
        await expect(bench.signIn(user.login, GOOD, ELSEWHERE)).rejects.toMatchObject({ code: 'unavailable' });
      verify.mockRestore();
      await bench.signIn(user.login, GOOD, ELSEWHERE);
    });

    it('elsewhere does not lock the desk at which the user signed in', async () => {
      const user = await bench.settled();
      for (let guess = 1; guess <= 6; guess += 1) await expect(bench.signIn(user.login, 'wrong', ELSEWHERE)).rejects.toThrow();
      await expect(bench.signIn(user.login, GOOD, ELSEWHERE)).rejects.toThrow();
      await bench.signIn(user.login, GOOD, HOME);
      for (let guess = 1; guess <= 5; guess += 1) await expect(bench.signIn(user.login, 'wrong', HOME)).rejects.toThrow();
      await expect(bench.signIn(user.login, GOOD, HOME)).rejects.toThrow();
    });

    it('is throttled by address, on record once a window, without keeping those out who are known there', async () => {
      const [known, stranger] = [await bench.settled(), await bench.settled()];
      await bench.signIn(known.login, GOOD, ELSEWHERE);
      const before = await bench.rows('select from audit_entry');
      await Promise.allSettled(Array.from({ length: 40 }, (_, index) => bench.signIn(`nobody.${index}`, 'x', ELSEWHERE)));
      // Thirty unknown ones, and the first one over the limit.
      expect((await bench.rows('select from audit_entry')).length - before.length).toBe(31);
      await expect(bench.signIn(stranger.login, GOOD, ELSEWHERE)).rejects.toMatchObject({ code: 'sign-in-refused' });
      await bench.signIn(known.login, GOOD, ELSEWHERE);
      bench.clock.pass(5 * MINUTE_MS);
      await bench.signIn(stranger.login, GOOD, ELSEWHERE);
    });
  });
});
