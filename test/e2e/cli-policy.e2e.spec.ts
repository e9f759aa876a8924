import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { SettingsRecord } from '@app/audit';
import { createDataSource, UnitOfWork } from '@app/database';
import { DEFAULT_PROVIDER_RULES, installationFacts } from '@app/verification';
import { BUILT_CLI } from '../support/built-cli';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

const run = promisify(execFile);

const KEYS = { PIAOYAN_HASH_KEY: 'a'.repeat(32), PIAOYAN_MASTER_KEY: 'b'.repeat(64) };

/** What an operator does while verifications run: sets what a tenant may spend, and pauses a provider for its maintenance. */
describe('piaoyan policy and provider', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
    await piaoyan('tenant', 'create', '示例分行');
  });
  afterAll(() => database.drop());

  const piaoyan = async (...args: string[]): Promise<string> => {
    const env = { PATH: process.env.PATH, PIAOYAN_DATABASE_URL: database.ownerUrl, ...KEYS };
    return (await run(process.execPath, [BUILT_CLI, ...args], { env })).stdout;
  };
  const linesOf = (text: string): string[] =>
    text
      .trim()
      .split('\n')
      .map((line) => line.replace(/\s+/g, ' '));

  it('changes what is named and keeps the rest', async () => {
    await piaoyan('policy', 'set', '--tenant', '示例分行', '--failover', 'on', '--daily-quota', '500');
    await piaoyan('policy', 'set', '--tenant', '示例分行', '--monthly-budget', '20000.5', '--provider', 'jumdata', '--daily-quota', 'none');
    expect(linesOf(await piaoyan('policy', 'show', '--tenant', '示例分行'))).toEqual([
      'provider jumdata',
      'failover on',
      'daily quota none',
      'monthly budget 20000.50',
      'implausible warn',
      'settled alone none',
      'version 2',
    ]);
    await expect(piaoyan('policy', 'show', '--tenant', '没有')).rejects.toThrow('没有');
  });

  it('tries a change and proposes it with that run, once an api has told by what it decides', async () => {
    const change = ['policy', 'set', '--tenant', '示例分行', '--daily-quota', '1'];
    await expect(piaoyan(...change, '--dry-run')).rejects.toThrow('start an api of this release once');
    await apiStarts();
    const tried = await piaoyan(...change, '--dry-run');
    expect(tried).toContain('requests 0 · 30 天内没有请求');
    expect(tried).toContain('of 0 settled by hand');
    expect(linesOf(await piaoyan('policy', 'show', '--tenant', '示例分行'))).toContain('version 2');

    for (const login of ['zhang', 'li'])
      await piaoyan('user', 'create', '--tenant', '示例分行', '--login', login, '--role', 'securityAdministrator');
    const proposed = await piaoyan(...change, '--reason', '试运行');
    expect(proposed).toContain('a second person must approve it');
    expect(proposed).toContain('dry run: 请求 requests 0');
    expect(linesOf(proposed)).toContain('version 2');
    expect(await piaoyan('approval', 'list', '--tenant', '示例分行')).toContain('dry run: 请求 requests 0');
  });

  /** What an api puts on record when it starts. */
  async function apiStarts(): Promise<void> {
    const source = await createDataSource({ url: database.apiUrl, applicationName: 'spec' }).initialize();
    const told = { defaultProvider: 'netocr' as const, providerRules: DEFAULT_PROVIDER_RULES, settlementCeilingHao: 1_000_000n };
    await new SettingsRecord(new UnitOfWork(source), 'api', installationFacts(told), 'api').onApplicationBootstrap();
    await source.destroy();
  }

  it('pauses and resumes a provider, which must be given a reason', async () => {
    await expect(piaoyan('provider', 'pause', 'netocr')).rejects.toThrow('--reason');
    await piaoyan('provider', 'pause', 'netocr', '--reason', '上游维护');
    const paused = linesOf(await piaoyan('provider', 'list'));
    expect(paused[2]).toMatch(/^netocr paused since .* failures 0 上游维护$/);
    await piaoyan('provider', 'resume', 'netocr', '--reason', '维护结束');
    expect(linesOf(await piaoyan('provider', 'list'))[2]).toMatch(/^netocr closed since .* failures 0$/);
  });
});
