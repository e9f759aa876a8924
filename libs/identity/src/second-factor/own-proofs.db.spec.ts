import { Secret } from 'otpauth';
import {
  createIdentityBench,
  COST,
  type IdentityBench,
  BETTER,
  GOOD,
  HASH_KEY,
  HOME,
  MINUTE_MS,
} from '../../../../test/support/identity-bench';
import { type OpenedSession, Passwords, Reconfirmation, SecondFactors, SignIn } from '../index';
import { keyedHash } from '../keyed-hash';
import { hashArgon2 } from '../passwords/argon2-phc';

describe('what people prove themselves with', () => {
  let bench: IdentityBench;
  beforeAll(async () => {
    bench = await createIdentityBench();
  });
  afterAll(() => bench.close());
  // Sign-ins of one test are not to throttle those of the next.
  beforeEach(() => bench.rows('delete from sign_in_throttle'));

  describe('a password', () => {
    const change = async (session: OpenedSession, current: string, next: string) =>
      bench.get(Passwords).change(await bench.recognise(session), { current, next, address: HOME }, bench.get(Reconfirmation));

    it('is changed by whoever knows it, to one that the rules take, which says why it takes others not', async () => {
      const { session, login } = await bench.settled();
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
      await expect(bench.signIn(login, GOOD)).rejects.toThrow();
      await bench.signIn(login, BETTER);
    });

    it('must be changed when it is ninety days old', async () => {
      const { login } = await bench.settled();
      bench.clock.pass(90 * 24 * 60 * MINUTE_MS - 1);
      expect((await bench.recognise(await bench.signIn(login, GOOD))).scopes.size).toBeGreaterThan(0);
      bench.clock.pass(1);
      expect(await bench.recognise(await bench.signIn(login, GOOD))).toMatchObject({
        session: { mustChangePassword: true },
        scopes: new Set(),
      });
    });

    it('is made anew at sign-in when it was hashed more cheaply, and stands nowhere in clear', async () => {
      const { id, login } = await bench.settled();
      const cheap = await hashArgon2(GOOD, keyedHash(HASH_KEY, 'password-pepper'), { ...COST, passes: 1 });
      await bench.rows('update user_password set hash = $2 where user_id = $1', [id, cheap]);
      await bench.signIn(login, GOOD);
      const hashes = await bench.rows<{ hash: string }>(
        'select hash from user_password where user_id = $1 order by made_at desc, id desc',
        [id],
      );
      expect(hashes[0]!.hash).toMatch(/^\$argon2id\$v=19\$m=256,t=2,p=1\$/);
      const dump = await bench.rows<{ row: string }>(
        'select a::text as row from audit_entry a union all select u::text from user_account u union all select p::text from user_password p',
      );
      expect(JSON.stringify(dump)).not.toContain(GOOD);
    });
  });

  describe('a second factor', () => {
    it('is asked for after the password, with a new token, and opens once with each code', async () => {
      const user = await bench.withTotp();
      const waiting = await bench.signIn(user.login, GOOD);
      const waitingFacts = await bench.recognise(waiting);
      expect([waiting.stage, waitingFacts.scopes.size]).toEqual(['secondFactor', 0]);
      const code = bench.codeOf(user.secret);
      const opened = await bench.get(SignIn).withCode(waitingFacts, code, HOME);
      expect(opened.token).not.toBe(waiting.token);
      expect(await bench.sessionOf(waiting.token)).toBeNull();
      expect((await bench.recognise(opened)).scopes.size).toBeGreaterThan(0);
      const again = await bench.recognise(await bench.signIn(user.login, GOOD));
      await expect(bench.get(SignIn).withCode(again, code, HOME)).rejects.toMatchObject({ code: 'proof-refused' });
      bench.clock.pass(30_000);
      await bench.get(SignIn).withCode(again, bench.codeOf(user.secret), HOME);
    });

    it('takes the code of the step before and after, and no other', async () => {
      const user = await bench.withTotp();
      const codeAt = (steps: number) => bench.codeOf(user.secret, new Date(bench.clock.now().getTime() + steps * 30_000));
      const waiting = await bench.recognise(await bench.signIn(user.login, GOOD));
      for (const steps of [-2, 2])
        await expect(bench.get(SignIn).withCode(waiting, codeAt(steps), HOME)).rejects.toMatchObject({ code: 'proof-refused' });
      for (const steps of [-1, 1])
        await bench.get(SignIn).withCode(await bench.recognise(await bench.signIn(user.login, GOOD)), codeAt(steps), HOME);
    });

    it('has ten recovery codes, each good once, of which new ones end the old', async () => {
      const user = await bench.withTotp();
      expect(user.recoveryCodes).toHaveLength(10);
      const [first = '', second = ''] = user.recoveryCodes;
      const use = async (code: string) =>
        bench.get(SignIn).withCode(await bench.recognise(await bench.signIn(user.login, GOOD)), code, HOME);
      const session = await bench.recognise(await use(first.toUpperCase().replace('-', ' ')));
      await expect(use(first)).rejects.toMatchObject({ code: 'proof-refused' });
      expect(await bench.get(SecondFactors).codesLeft(session)).toBe(9);
      await bench.get(SecondFactors).renewCodes(session);
      await expect(use(second)).rejects.toMatchObject({ code: 'proof-refused' });
      expect(JSON.stringify(await bench.rows('select * from recovery_code'))).not.toContain(first);
    });

    it('cannot be guessed more than five times, however often the right password is given in between', async () => {
      const user = await bench.withTotp();
      for (let guess = 1; guess <= 5; guess += 1) {
        const waiting = await bench.signIn(user.login, GOOD);
        await expect(bench.get(SignIn).withCode(await bench.recognise(waiting), `00000${guess}`, HOME)).rejects.toMatchObject({
          code: 'proof-refused',
        });
        // The last one ends the session as well.
        expect((await bench.sessionOf(waiting.token)) === null).toBe(guess === 5);
      }
      await expect(bench.signIn(user.login, GOOD)).rejects.toMatchObject({ code: 'sign-in-refused' });
      expect((await bench.auditOf(user.id)).at(-1)).toMatchObject({ action: 'session.refuse', detail: { reason: 'locked' } });
    });

    it('is one that administrators cannot do without', async () => {
      const user = await bench.settled(['auditor']);
      expect(await bench.recognise(user.session)).toMatchObject({ session: { mustEnrolSecondFactor: true }, scopes: new Set() });
      const enrolled = await bench.withTotp(['auditor']);
      const waiting = await bench.recognise(await bench.signIn(enrolled.login, GOOD));
      const session = await bench.recognise(await bench.get(SignIn).withCode(waiting, bench.codeOf(enrolled.secret), HOME));
      expect(session.scopes).toContain('audit.read');
      expect([...session.scopes].filter((scope) => !/\.(read|export)$/.test(scope))).toEqual([]);
    });

    it('is taken away by whoever has both proofs, and by nobody with one', async () => {
      const user = await bench.withTotp();
      const signedIn = await bench.recognise(
        await bench.get(SignIn).withCode(await bench.recognise(await bench.signIn(user.login, GOOD)), bench.codeOf(user.secret), HOME),
      );
      const prove = (password: string, code: string) =>
        bench.get(Reconfirmation).prove(signedIn, { password, code, address: HOME }, 'secondFactor.disable');
      bench.clock.pass(MINUTE_MS);
      await expect(prove('wrong', bench.codeOf(user.secret))).rejects.toMatchObject({ code: 'proof-refused' });
      await expect(prove(GOOD, '123456')).rejects.toMatchObject({ code: 'proof-refused' });
      await prove(GOOD, bench.codeOf(user.secret));
      await bench.get(SecondFactors).disable(signedIn);
      expect((await bench.signIn(user.login, GOOD)).stage).toBe('open');
      expect((await bench.auditOf(user.id)).map(({ action }) => action)).toContain('user.secondFactor.disable');
    });

    it('is enrolled only by somebody who has just proved who they are', async () => {
      const { session } = await bench.settled();
      const signedIn = await bench.recognise(session);
      bench.clock.pass(5 * MINUTE_MS + 1);
      await expect(bench.get(SecondFactors).enrol(signedIn)).rejects.toMatchObject({ code: 'recent-proof-needed' });
      const renewed = await bench.get(Reconfirmation).confirm(signedIn, { password: GOOD, address: HOME });
      await bench.get(SecondFactors).enrol(await bench.recognise(renewed));
    });

    it('is sealed where it is stored', async () => {
      const user = await bench.withTotp();
      const [row] = await bench.rows<{ sealed: Buffer }>('select secret_sealed as sealed from second_factor where user_id = $1', [user.id]);
      expect(row!.sealed.includes(Buffer.from(Secret.fromBase32(user.secret).bytes))).toBe(false);
    });
  });
});
