import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { BUILT_CLI } from '../support/built-cli';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

const run = promisify(execFile);

/** What an operator does while verifications run: sets what a tenant may spend, and pauses a provider for its maintenance. */
describe('piaoyan policy and provider', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
    await piaoyan('tenant', 'create', '示例分行');
  });
  afterAll(() => database.drop());

  const piaoyan = async (...args: string[]): Promise<string> => {
    const env = { PATH: process.env.PATH, PIAOYAN_DATABASE_URL: database.ownerUrl, PIAOYAN_HASH_KEY: 'a'.repeat(32) };
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

  it('pauses and resumes a provider, which must be given a reason', async () => {
    await expect(piaoyan('provider', 'pause', 'netocr')).rejects.toThrow('--reason');
    await piaoyan('provider', 'pause', 'netocr', '--reason', '上游维护');
    const paused = linesOf(await piaoyan('provider', 'list'));
    expect(paused[2]).toMatch(/^netocr paused since .* failures 0 上游维护$/);
    await piaoyan('provider', 'resume', 'netocr', '--reason', '维护结束');
    expect(linesOf(await piaoyan('provider', 'list'))[2]).toMatch(/^netocr closed since .* failures 0$/);
  });
});
