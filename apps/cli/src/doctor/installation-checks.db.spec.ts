import { createServer, type Server } from 'node:net';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { createTestDatabase, type TestDatabase } from '../../../../test/support/test-database';
import { TEST_KEYS } from '../../../../test/support/test-keys';
import type { Finding } from './check';
import { journalCheck, judgeJournal } from './journal-check';
import { masterKeysCheck } from './master-keys-check';
import { judgeQuotas, quotasCheck } from './quotas-check';
import { judgeRemoval, removalCheck } from './removal-check';
import { scannerCheck } from './scanner-check';
import { judgeSecondFactors, secondFactorCheck } from './second-factor-check';

const [FIRST, SECOND] = ['019ab1c2-0000-7000-8000-000000000001', '019ab1c2-0000-7000-8000-000000000002'];
const NOWHERE = 'postgresql://u:p@127.0.0.1:1/x';

describe('what doctor finds of an installation', () => {
  let database: TestDatabase;
  let observer: Client;
  beforeAll(async () => {
    database = await createTestDatabase();
    observer = new Client({ connectionString: database.superuserUrl });
    await observer.connect();
    await observer.query(`insert into tenant (id, name) values ($1, 'first'), ($2, 'second')`, [FIRST, SECOND]);
  });
  afterAll(async () => {
    await observer.end();
    await database.drop();
  });

  const person = async (tenantId: string, login: string, { state = 'active', hasFactor = false } = {}): Promise<void> => {
    const { rows } = await observer.query<{ id: string }>(
      `insert into user_account (id, tenant_id, login, login_key, display_name, state, source, roles, must_change_password, created_at)
       values (gen_random_uuid(), $1, $2, $2, $2, $3, 'local', '{clerk}', false, now()) returning id`,
      [tenantId, login, state],
    );
    if (hasFactor)
      await observer.query(
        `insert into second_factor (tenant_id, user_id, secret_sealed, enrolled_at, confirmed_at) values ($1, $2, '\\x00', now(), now())`,
        [tenantId, rows[0]!.id],
      );
  };
  const found = ({ state, detail, advice }: Finding): [string, string, boolean] => [state, detail, advice !== undefined];

  it('tells which tenants have accounts without a second factor, and whether one is demanded', async () => {
    const check = (rule: 'administrators' | 'everybody') => secondFactorCheck(database.ownerUrl, rule).run();
    expect(found(await check('everybody'))).toEqual(['ok', 'all 0 active accounts have one', false]);
    await person(FIRST, 'a', { hasFactor: true });
    await person(FIRST, 'b');
    await person(FIRST, 'c', { state: 'disabled' });
    await person(SECOND, 'd', { hasFactor: true });
    const bare = 'first: 1 of 2 active accounts have none';
    expect(found(await check('everybody'))).toEqual(['warn', `${bare}; they can do nothing before they enrol one`, true]);
    expect(found(await check('administrators'))).toEqual(['warn', `${bare}; only administrators must have one`, true]);
    const demanded = [{ tenant: 'first', found: { active: 2, bare: 1, isDemanded: true } }];
    expect(judgeSecondFactors(demanded, 'administrators').detail).toContain('they can do nothing before');
  });

  it('tells what of the audit should be gone, and what a legal hold keeps', async () => {
    expect(found(await removalCheck(database.ownerUrl, 365).run())).toEqual(['ok', 'nothing is older than 365 days', false]);
    const old = { segments: 3, entries: 40, isHeld: false };
    expect(found(judgeRemoval([{ tenant: 'first', found: old }], 365))).toEqual([
      'warn',
      'first: 40 entries are older than 365 days',
      true,
    ]);
    expect(judgeRemoval([{ tenant: 'first', found: { ...old, isHeld: true } }], 365)).toMatchObject({ state: 'ok' });
  });

  it('tells which tenant is near a bound or at it', async () => {
    expect(found(await quotasCheck(database.ownerUrl).run())).toEqual(['ok', '0 of 2 tenants have bounds, none is near one', false]);
    const limits = { uploadsPerDay: null, storedBytes: 1_000, waitingReceipts: null, exportsPerDay: null };
    await observer.query(
      `insert into tenant_quota (tenant_id, version, limits, set_by, set_by_name, set_at) values ($1, 1, $2, 'x', 'x', now())`,
      [FIRST, JSON.stringify(limits)],
    );
    await observer.query(`insert into quota_use (tenant_id, kind, period, used) values ($1, 'storedBytes', 'all', 800)`, [FIRST]);
    const told = (word: string, used: number) => ['warn', `first: storedBytes is ${word}, ${used} of 1000`, true];
    expect(found(await quotasCheck(database.ownerUrl).run())).toEqual(told('nearly used up', 800));
    const used = { uploadsPerDay: 0, storedBytes: 1_000, waitingReceipts: 0, exportsPerDay: 0 };
    expect(found(judgeQuotas([{ tenant: 'first', found: { limits, used } }]))).toEqual(told('used up', 1_000));
    expect(judgeQuotas([{ tenant: 'first', found: { limits, used: { ...used, storedBytes: 799 } } }])).toMatchObject({ state: 'ok' });
  });

  it('tells whether the master keys answer and open every data key, and never one of them', async () => {
    const options = { suite: TEST_KEYS.suite, masterKey: TEST_KEYS.masterKey };
    expect(await masterKeysCheck(undefined, { ...options, masterKey: undefined }).run()).toMatchObject({ state: 'skip' });
    expect(await masterKeysCheck(NOWHERE, options).run()).toMatchObject({
      state: 'ok',
      detail: expect.stringContaining('not known') as string,
    });
    expect(await masterKeysCheck(database.ownerUrl, options).run()).toMatchObject({ state: 'ok' });
    await observer.query(
      `insert into data_key (tenant_id, data_class, generation, suite, state, master_key, wrapped) values ($1, 'detail', 1, 'standard', 'active', $2, '\\x00')`,
      [FIRST, 'f'.repeat(16)],
    );
    const missing = await masterKeysCheck(database.ownerUrl, options).run();
    expect(missing).toMatchObject({ state: 'fail', detail: expect.stringContaining('f'.repeat(16)) as string });
    expect(JSON.stringify(missing)).not.toContain(TEST_KEYS.masterKey);
    await observer.query('delete from data_key');
  });

  it('is skipped without a database, and where it does not answer', async () => {
    // Another role than the owner's would see no tenant at all.
    for (const url of [undefined, NOWHERE, database.apiUrl]) {
      const checks = [secondFactorCheck(url, 'everybody'), removalCheck(url, 365), quotasCheck(url)];
      expect((await Promise.all(checks.map((check) => check.run()))).map(({ state }) => state)).toEqual(['skip', 'skip', 'skip']);
    }
  });

  it('tells how much room the journal has, where it can be reached', async () => {
    expect(await journalCheck(undefined).run()).toMatchObject({ state: 'skip' });
    expect(await journalCheck('/nowhere').run()).toMatchObject({ state: 'fail', detail: '/nowhere: ENOENT' });
    const folder = await mkdtemp(join(tmpdir(), 'piaoyan-journal-'));
    await writeFile(join(folder, 'one'), '');
    expect((await journalCheck(folder).run()).detail).toMatch(/^1 files, \d+ MiB are free$/);
    await rm(folder, { recursive: true });
    const states = [100, 500, 5_000].map((freeMib) => judgeJournal({ files: 1, freeMib }).state);
    expect(states).toEqual(['fail', 'warn', 'ok']);
  });

  describe('with a scanner', () => {
    let clamd: Server | undefined;
    afterEach(() => new Promise((closed) => (clamd === undefined ? closed(null) : clamd.close(closed))));

    /** A clamd that says this once it has heard the end of a stream. */
    const saying = async (reply: string): Promise<{ host: string; port: number }> => {
      const server = createServer((socket) => {
        let heard = Buffer.alloc(0);
        socket.on('data', (chunk: Buffer) => {
          heard = Buffer.concat([heard, chunk]);
          if (heard.subarray(-4).equals(Buffer.alloc(4))) socket.end(`${reply}\0`);
        });
      });
      clamd = server;
      await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
      return { host: '127.0.0.1', port: (server.address() as { port: number }).port };
    };

    it.each([
      ['stream: OK', 'ok'],
      ['stream: Eicar FOUND', 'fail'],
      ['INSTREAM size limit exceeded. ERROR', 'fail'],
    ])('that says %s finds %s', async (reply, state) => {
      const finding = await scannerCheck(await saying(reply)).run();
      expect([finding.state, finding.advice !== undefined]).toEqual([state, state !== 'ok']);
    });

    it('that is away fails, and one that is not configured is skipped', async () => {
      expect(await scannerCheck({ path: '/nowhere/clamd.sock' }).run()).toMatchObject({ state: 'fail' });
      expect(await scannerCheck(null).run()).toMatchObject({ state: 'skip' });
    });
  });
});
