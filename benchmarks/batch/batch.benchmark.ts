import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { execPath, stdout, version } from 'node:process';
import { parseArgs, promisify } from 'node:util';
import { removeEmbeddedPostgres, startDatabase } from '@app/devstack';
import { Client } from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { fixed, markdownTable } from '../markdown-table';
import { positive } from '../numeric-option';
import type { Step, SubjectReport } from './batch-subject';
import { batchTable } from './batch-table';

const run = promisify(execFile);

const OPTIONS = { rows: { type: 'string', default: '10000' }, json: { type: 'boolean', default: false } } as const;

const FORMATS = ['xlsx', 'csv'] as const;
const STEPS = { parse: 'read the file alone', create: 'read, check and store', estimate: 'estimate', result: 'result workbook' } as const;

/** Takes a table of bills into a batch, as XLSX and as CSV, each in a fresh process against PostgreSQL on this machine. */
export async function runBatchBenchmark(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: OPTIONS });
  const count = positive('--rows', values.rows);
  const folder = await mkdtemp(join(tmpdir(), 'piaoyan-batch-'));
  const dataDir = join(folder, 'postgres');
  const secret = (): string => randomBytes(24).toString('hex');
  const passwords = { owner: secret(), api: secret(), worker: secret() };
  const { server, database } = await startDatabase({ dataDir, passwords, log: () => undefined });
  try {
    const tenantId = await newTenant(server.superuserUrl('piaoyan'));
    const reports: [string, SubjectReport][] = [];
    for (const format of FORMATS) {
      const file = join(folder, `bills.${format}`);
      await writeFile(file, await batchTable(format, count));
      reports.push([format, await measuredAlone(database.apiUrl, tenantId, file)]);
    }
    stdout.write(values.json ? `${JSON.stringify(Object.fromEntries(reports))}\n` : reportText(count, reports));
    return reports.every(([, { rows, calls }]) => rows === count && calls === count) ? 0 : 1;
  } finally {
    await server.stop();
    await removeEmbeddedPostgres(dataDir);
    await rm(folder, { recursive: true, force: true });
  }
}

async function measuredAlone(url: string, tenantId: string, file: string): Promise<SubjectReport> {
  const extension = extname(__filename);
  const loader = extension === '.ts' ? ['--require', '@swc-node/register'] : [];
  const subject = join(__dirname, `batch-subject${extension}`);
  const { stdout: printed } = await run(execPath, [...loader, subject, url, tenantId, file], { maxBuffer: 1_048_576 });
  return JSON.parse(printed) as SubjectReport;
}

async function newTenant(superuserUrl: string): Promise<string> {
  const client = new Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    const id = uuidv7();
    await client.query('insert into tenant (id, name) values ($1, $2)', [id, 'bench']);
    return id;
  } finally {
    await client.end();
  }
}

function reportText(count: number, reports: readonly [string, SubjectReport][]): string {
  const rows = reports.flatMap(([format, report]) =>
    Object.entries(STEPS).map(([step, name]) => line(format, name, report[step as keyof typeof STEPS])),
  );
  const peaks = reports.map(([format, { peakMiB, resultPeakMiB }]) => `${format} ${fixed(peakMiB, 0)} and ${fixed(resultPeakMiB, 0)} MiB`);
  return [
    `${count} made-up bills; each format in a fresh process of the api's services, PostgreSQL on the same machine.`,
    `Node ${version}, ${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}). Core time is of the process with its threads, without PostgreSQL.`,
    '',
    ...markdownTable(['format', 'step', 'wall ms', 'core ms', 'longest stall ms'], rows),
    `Peak memory of the process until the estimate, and with the result: ${peaks.join(', ')}.`,
    '',
  ].join('\n');
}

function line(format: string, name: string, { wallMs, coreMs, stallMs }: Step): string[] {
  return [format, name, fixed(wallMs, 0), fixed(coreMs, 0), fixed(stallMs, 0)];
}
