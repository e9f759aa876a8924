import { AuditEntry, AuditLog } from '@app/audit';
import { createDataSource, UnitOfWork } from '@app/database';
import type { DataSource } from 'typeorm';
import { createIdentityBench, GOOD, type IdentityBench, MINUTE_MS } from '../../../../test/support/identity-bench';
import { SignInSweep } from './sign-in-sweep';

const HOUR_MS = 60 * MINUTE_MS;

describe('sweeping sign-ins, as the worker', () => {
  let bench: IdentityBench;
  let worker: DataSource;
  let sweep: SignInSweep;
  beforeAll(async () => {
    bench = await createIdentityBench();
    worker = await createDataSource({ url: bench.database.workerUrl, applicationName: 'spec-worker', entities: [AuditEntry] }).initialize();
    sweep = new SignInSweep(worker, new UnitOfWork(worker), new AuditLog());
  });
  afterAll(async () => {
    await worker.destroy();
    await bench.close();
  });

  it('ends what is over by any settings, on record, once, and leaves the rest and all of the audit', async () => {
    const [user, other] = [await bench.settled(), await bench.withTotp()];
    await bench.signIn(other.login, GOOD);
    const theirs = bench.by('foreign', 1);
    const { user: foreign, oneTimePassword } = await bench.users().create(theirs, { login: 'theirs', displayName: 'x' });
    await bench.signIn('theirs', oneTimePassword, '10.8.8.8', 'second');
    bench.clock.pass(24 * HOUR_MS - 1);
    const kept = await bench.signIn(user.login, GOOD, '10.7.7.7');
    await bench.rows(`insert into user_session select gen_random_uuid(), tenant_id, user_id, sha256(n::text::bytea), stage, address,
      opened_at, seen_at, authenticated_at from user_session, generate_series(1, 1200) n where user_id = '${foreign.id}'`);
    await bench.rows(`insert into sign_in_throttle select sha256(n::text::bytea), 1, $1 from generate_series(1, 700) n`, [
      bench.clock.now(),
    ]);
    bench.clock.pass(1);
    const before = await bench.rows<{ row: string }>('select e::text as row from audit_entry e order by id');
    const both = await Promise.all([sweep.run(bench.clock.now()), sweep.run(bench.clock.now())]);
    const sum = (of: 'sessions' | 'places' | 'throttles'): number => both.reduce((all, one) => all + one[of], 0);
    // The settled one's first session ended when the one of today was opened.
    expect(sum('sessions')).toBe(1_201 + 2);
    expect(sum('throttles')).toBeGreaterThanOrEqual(700);
    expect(await bench.rows('select id from user_session')).toEqual([{ id: kept.sessionId }]);
    expect(await bench.sessionOf(kept.token, '10.7.7.7')).not.toBeNull();
    expect((await bench.auditOf(foreign.id)).filter(({ action }) => action === 'session.end')).toHaveLength(1_201);
    expect((await bench.auditOf(other.id)).at(-1)).toMatchObject({ action: 'session.end', detail: { reason: 'timedOut' } });
    const after = await bench.rows<{ row: string }>('select e::text as row from audit_entry e order by id');
    expect(before.filter(({ row }) => !after.some((one) => one.row === row))).toEqual([]);
    expect(await sweep.run(bench.clock.now())).toEqual({ sessions: 0, places: 0, throttles: 0 });
  });

  it('forgets a place where nobody came from for thirty days, and with it what was guessed there', async () => {
    const { id, login } = await bench.settled();
    bench.clock.pass(30 * 24 * HOUR_MS - 1);
    await sweep.run(bench.clock.now());
    expect(await bench.rows('select from known_place where user_id = $1', [id])).toHaveLength(1);
    bench.clock.pass(1);
    await sweep.run(bench.clock.now());
    expect(await bench.rows('select from known_place where user_id = $1', [id])).toHaveLength(0);
    await bench.signIn(login, GOOD);
  });

  it('reaches the last of very many tenants, and what is nobody’s', async () => {
    await bench.rows(
      `insert into tenant (id, name, created_at) select gen_random_uuid(), 'branch ' || n, now() from generate_series(1, 120) n`,
    );
    await bench.rows(`insert into sign_in_throttle values (sha256('late'), 1, $1)`, [bench.clock.now()]);
    expect(await sweep.run(bench.clock.now())).toMatchObject({ throttles: 1 });
  });

  it('reads nothing that opens a session', async () => {
    for (const column of ['token_hash', 'address'])
      await expect(worker.query(`select ${column} from user_session`)).rejects.toThrow('permission denied');
    await expect(worker.query('update user_session set opened_at = now()')).rejects.toThrow('permission denied');
    await expect(worker.query('select failures from sign_in_throttle')).rejects.toThrow('permission denied');
  });
});
