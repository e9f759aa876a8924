import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { BUILT_CLI } from '../support/built-cli';
import { TEST_KEYS } from '../support/test-keys';
import { createVerificationBench, lost, newElements, type VerificationBench } from '../support/verification-bench';

const run = promisify(execFile);
const DAY_MS = 86_400_000;
const dayOf = (at: number): string => new Date(at + 8 * 3_600_000).toISOString().slice(0, 10);
const DAY = dayOf(Date.now() - 2 * DAY_MS);

interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

/** The accountant's month: a price, a bill from the provider, and what it all cost. */
describe('piaoyan price, reconcile, charges', () => {
  let bench: VerificationBench;
  let folder: string;
  beforeAll(async () => {
    bench = await createVerificationBench();
    folder = await mkdtemp(join(tmpdir(), 'piaoyan-charges-'));
  });
  afterAll(async () => {
    await bench.close();
    await rm(folder, { recursive: true });
  });

  async function piaoyan(...args: string[]): Promise<Ended> {
    const env = {
      PATH: process.env.PATH,
      PIAOYAN_DATABASE_URL: bench.ownerUrl,
      PIAOYAN_HASH_KEY: 'k'.repeat(32),
      PIAOYAN_MASTER_KEY: TEST_KEYS.masterKey,
    };
    try {
      return { code: 0, ...(await run(process.execPath, [BUILT_CLI, ...args], { env })) };
    } catch (error) {
      return error as Ended;
    }
  }
  async function lostCall(): Promise<{ attemptId: string; bill: string }> {
    bench.egress.willSay(lost);
    const elements = newElements();
    const { id } = await bench.requests.request(bench.tenants[0], { elements });
    const [job] = await bench.rows<{ data: { tenantId: string; verificationId: string; attemptId: string } }>(
      `select data from pgboss.job where data->>'verificationId' = $1`,
      [id],
    );
    await bench.sending.send(job!.data, { id: 'job', signal: new AbortController().signal });
    const at = `${DAY}T12:00:00+08:00`;
    await bench.rows('update attempt set created_at = $2, finished_at = $2 where id = $1', [job!.data.attemptId, at]);
    return { attemptId: job!.data.attemptId, bill: `${elements.billCode},${elements.billNumber}` };
  }

  it('settles the call whose answer was lost, and says what all of it cost', async () => {
    expect(await piaoyan('price', 'set', '--provider', 'netocr', '--yuan', '0.355', '--from', '2026-01-01')).toMatchObject({ code: 0 });
    const { attemptId, bill } = await lostCall();
    const statement = join(folder, 'statement.csv');
    await writeFile(statement, `\ufeff调用时间,任务号,票据代码,票据号码,返回码,是否计费,费用\r\n${DAY} 12:00:03,,${bill},0,是,0.355\r\n`);
    const args = ['reconcile', '--provider', 'netocr', '--statement', statement, '--from', DAY, '--to', DAY];

    const dry = await piaoyan(...args);
    expect(dry).toMatchObject({ code: 2 });
    expect(dry.stdout).toContain(attemptId);
    expect(dry.stdout).toContain('试运行');
    expect(dry.stdout).not.toContain(bill.split(',')[1]);

    const applied = await piaoyan(...args, '--apply', '--json');
    expect(applied).toMatchObject({ code: 0 });
    expect(JSON.parse(applied.stdout)).toMatchObject({
      settlements: [{ attemptId, charge: 'charged', line: 2, feeYuan: '0.355' }],
      differences: [],
      isRepeated: false,
    });
    expect((await piaoyan(...args, '--apply')).stdout).toContain('该账单已对账,无变化');

    const today = dayOf(Date.now());
    const costs = await piaoyan('charges', '--from', DAY, '--to', today, '--json');
    expect(JSON.parse(costs.stdout)).toMatchObject({ total: { calls: 1, charged: 1, settled: 1, amountYuan: '0.355' } });
    expect((await piaoyan('charges', '--from', DAY, '--to', today)).stdout).toMatch(/合计 total.*0\.355/);
    expect((await piaoyan('charges', '--from', DAY, '--to', today, '--csv')).stdout).toMatch(/^\ufeff租户 tenant,.*\r\nfirst,1,1,/);
  });

  it('fails in one sentence for a file that is no statement, and for a price that is none', async () => {
    const other = join(folder, 'other.csv');
    await writeFile(other, 'a,b\n1,2\n');
    const failure = await piaoyan('reconcile', '--provider', 'netocr', '--statement', other);
    expect(failure).toMatchObject({ code: 1, stderr: expect.stringContaining('missing: time, charged') as string });
    expect(failure.stderr.trim().split('\n')).toHaveLength(1);
    expect(await piaoyan('price', 'set', '--provider', 'netocr', '--yuan', '0.35555', '--from', '2026-01-01')).toMatchObject({ code: 1 });
    expect(await piaoyan('reconcile', '--provider', 'netocr', '--statement', other, '--from', DAY)).toMatchObject({ code: 1 });
  });
});
