import { execFile } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { chmod, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { AuditSealer, INSTALLATION_ID, readSigner, sealingLag, SealingStore } from '@app/audit';
import { createDataSource, UnitOfWork } from '@app/database';
import { Client } from 'pg';
import { BUILT_CLI } from '../support/built-cli';
import { eventually } from '../support/eventually';
import { createEmptyDatabase, type TestDatabase } from '../support/test-database';

const run = promisify(execFile);
const HASH_KEY = 'a'.repeat(32);
const MASTER_KEY = 'b'.repeat(64);

/** The operator's first hour: an empty database becomes an appliance with a tenant and a key. */
describe('piaoyan migrate, tenant, key, credential, doctor', () => {
  let database: TestDatabase;
  beforeAll(async () => (database = await createEmptyDatabase()));
  afterAll(() => database.drop());

  const runWith = (changes: Record<string, string>, ...args: string[]): Promise<{ stdout: string; stderr: string }> => {
    const settings = { PIAOYAN_DATABASE_URL: database.ownerUrl, PIAOYAN_HASH_KEY: HASH_KEY, PIAOYAN_MASTER_KEY: MASTER_KEY };
    return run(process.execPath, [BUILT_CLI, ...args], {
      env: { PATH: process.env.PATH, ...settings, ...changes },
    });
  };
  const piaoyan = (...args: string[]): Promise<{ stdout: string; stderr: string }> => runWith({}, ...args);

  it('makes the schema, a tenant and a key, and audits both', async () => {
    expect((await piaoyan('migrate')).stdout).toMatch(/migrations applied/);
    expect((await piaoyan('migrate')).stdout).toContain('the schema is up to date');
    const tenantId = (await piaoyan('tenant', 'create', '示例分行')).stdout.trim();
    const secret = (await piaoyan('key', 'create', '--tenant', '示例分行', '--name', 'core', '--scopes', 'receipt.read')).stdout.trim();
    expect(secret).toMatch(/^piaoyan_[0-9A-Za-z]+$/);
    expect(await actions(tenantId)).toEqual(['tenant.create', 'apiKey.create']);
    expect((await piaoyan('doctor')).stdout).toMatch(/✔ database: PostgreSQL \d+/);
  });

  it('makes a key that signs, rotates, lists and revokes it', async () => {
    const tenantId = (await piaoyan('tenant', 'create', '签名分行')).stdout.trim();
    const of = ['--tenant', '签名分行'];
    const bound = ['--scopes', 'batch.read', '--days', '30', '--signed', '--allow-ip', '10.1.0.0/16'];
    const made = (await piaoyan('key', 'create', ...of, '--name', '总账', ...bound)).stdout;
    const [, id, secret] = /^id ([0-9a-f-]{36})\nsecret (piaoyan_\w{38})\n$/.exec(made)!;
    const rotated = (await piaoyan('key', 'rotate', ...of, id!, '--overlap-hours', '2')).stdout.trim();
    await piaoyan('key', 'revoke', ...of, id!);
    const listed = (await piaoyan('key', 'list', ...of)).stdout;
    const [line] = listed.split('\n');
    expect(line).toMatch(
      /\t总账\tpiaoyan_…\w{4}\tsigned\tbatch\.read\t10\.1\.0\.0\/16\tany certificate\tcreated .*Z\texpires .*Z\trevoked .*Z\tused -\t/,
    );
    expect(line).toContain(`also …${secret!.slice(-4)} until`);
    for (const shown of [secret!, rotated]) expect(listed).not.toContain(shown);
    expect(await actions(tenantId)).toEqual(['tenant.create', 'apiKey.create', 'apiKey.rotate', 'apiKey.revoke']);
  });

  it('makes, lists and revokes a credential for a system that speaks a provider’s dialect', async () => {
    const tenantId = (await piaoyan('tenant', 'create', '兼容分行')).stdout.trim();
    const of = ['--tenant', '兼容分行'];
    const allowed = ['--allow-ip', '10.1.0.0/16', '--allow-ip', '10.9.9.9', '--days', '30'];
    const made = (await piaoyan('credential', 'create', ...of, '--dialect', 'jumdata', '--name', '影像系统', ...allowed)).stdout;
    const [, appId, secret] = /^appId (\w{22})\nappSecret (\w{22})\n$/.exec(made)!;
    await piaoyan('credential', 'revoke', ...of, appId!);
    const listed = (await piaoyan('credential', 'list', ...of)).stdout;
    expect(listed).toMatch(
      /^jumdata\t\w{22}\t影像系统\tmasked\t10\.1\.0\.0\/16 10\.9\.9\.9\/32\tcreated .*Z\texpires .*Z\trevoked .*Z\tused -\n$/,
    );
    expect(listed).not.toContain(secret);
    expect(await actions(tenantId)).toEqual(['tenant.create', 'dataKey.create', 'clientCredential.create', 'clientCredential.revoke']);
  });

  it('shows the keys of data by fingerprint, rotates them, and wraps them with a new master key', async () => {
    await piaoyan('tenant', 'create', '密钥分行');
    await piaoyan('credential', 'create', '--tenant', '密钥分行', '--dialect', 'jumdata', '--name', '影像系统');
    await piaoyan('keys', 'rotate', '--class', 'secret', '--tenant', '密钥分行');
    const before = (await piaoyan('keys', 'status')).stdout;
    const [, old] = /^master\t([0-9a-f]{16})\twraps\n/.exec(before)!;
    expect(before).toContain(`密钥分行\tsecret/1\tretired\tstandard\t${old!}\tcreated `);
    expect(before).toContain(`密钥分行\tsecret/2\tactive\tstandard\t${old!}\tcreated `);
    const newer = { PIAOYAN_MASTER_KEY: `${'c'.repeat(64)}\n${MASTER_KEY}` };
    expect((await runWith(newer, 'keys', 'rewrap')).stdout).toContain('密钥分行\tsecret/1\t');
    const after = (await runWith(newer, 'keys', 'status')).stdout;
    expect(after).toMatch(new RegExp(`^master\t[0-9a-f]{16}\twraps\nmaster\t${old!}\tunwraps\n`));
    expect(after.split('\n').slice(2).join('\n')).not.toContain(old!);
    expect(before + after).not.toMatch(/b{17}|c{17}/);
  });

  it('seals the audit, exports and anchors it, and verifies the file without the database', async () => {
    const tenantId = (await piaoyan('tenant', 'create', '审计分行')).stdout.trim();
    const signer = readSigner(generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }) as string);
    const worker = await createDataSource({ url: database.workerUrl, applicationName: 'spec' }).initialize();
    const sealer = new AuditSealer(new SealingStore(worker), new UnitOfWork(worker), signer);
    await eventually(async () => {
      await sealer.round();
      return (await sealingLag(worker)).entries === 0;
    });
    await worker.destroy();
    const folder = await mkdtemp(join(tmpdir(), 'piaoyan-cli-audit-'));
    const [file, keys] = [join(folder, 'audit.jsonl'), join(folder, 'keys.pem')];
    await piaoyan('audit', 'export', '--tenant', '审计分行', '--out', file);
    await writeFile(keys, (await piaoyan('audit', 'keys')).stdout);
    await piaoyan('audit', 'anchor', '--dir', folder);
    await piaoyan('support-bundle', '--out', join(folder, 'support.json'));
    // What is done to no tenant stands in the installation's own chain, with who did it.
    const ours = await actions(INSTALLATION_ID);
    for (const act of ['schema.migrate', 'masterKey.rewrap', 'audit.keys', 'audit.anchor', 'support.bundle']) expect(ours).toContain(act);
    const again = await piaoyan('support-bundle', '--out', join(folder, 'support.json')).catch((error: unknown) => error);
    expect(again).toMatchObject({ code: 1, stderr: expect.stringContaining('support.json') as string });
    await rename(file, `${file}.txt`);
    const offTheBox = ['audit', 'verify', `${file}.txt`, '--public-key', keys, '--anchors', folder];
    const { stdout } = await piaoyan(...offTheBox, '--json');
    expect(JSON.parse(stdout)).toMatchObject({ finding: null, covered: { tenantId, entries: 1, unsealed: 1 } });
    await chmod(`${file}.txt`, 0o600);
    await writeFile(`${file}.txt`, (await readFile(`${file}.txt`, 'utf8')).replace('"tenant.create"', '"tenant.delete"'));
    const failure = await piaoyan(...offTheBox).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 2, stdout: expect.stringMatching(/^✘ 第 3 行，分段 1，序号 1.*\n.*entry-altered/) as string });
    await rm(folder, { recursive: true });
  });

  it('says in one sentence that the tenant does not exist', async () => {
    const failure = await piaoyan('key', 'create', '--tenant', '没有', '--name', 'core').catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 1, stderr: expect.stringMatching(/^piaoyan: .*没有/) as string });
    expect((failure as { stderr: string }).stderr.trim().split('\n')).toHaveLength(1);
  });

  /** Read past row security, as an assessor with the superuser's rights would. */
  async function actions(tenantId: string): Promise<string[]> {
    const client = new Client({ connectionString: database.superuserUrl });
    await client.connect();
    try {
      const { rows } = await client.query<{ action: string }>('select action from audit_entry where tenant_id = $1 order by recorded_at', [
        tenantId,
      ]);
      return rows.map(({ action }) => action);
    } finally {
      await client.end();
    }
  }
});
