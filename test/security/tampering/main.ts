import { randomBytes } from 'node:crypto';
import { argv, exit, stderr, stdout } from 'node:process';
import { parseArgs } from 'node:util';
import { bootstrapRoles, migrate } from '@app/database';
import { startEmbeddedPostgres } from '@app/devstack';
import { Client } from 'pg';
import { type AuditDatabase } from './sealed-audit';
import { runTamperCampaign } from './tamper-campaign';

const OPTIONS = {
  seed: { type: 'string', default: '1' },
  'export-cases': { type: 'string', default: '5000' },
  'database-cases': { type: 'string', default: '600' },
} as const;
const DATABASE = 'tampering';

/** `[--seed N] [--export-cases N] [--database-cases N]`: prints a table, and ends with 1 when a tampering was not seen at its record. */
async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: OPTIONS });
  const [seed, exportCases, databaseCases] = [values.seed, values['export-cases'], values['database-cases']].map(whole) as [
    number,
    number,
    number,
  ];
  const server = await startEmbeddedPostgres({ settings: {} });
  try {
    const database = await madeDatabase(server.superuserUrl(), server.superuserUrl(DATABASE));
    const report = await runTamperCampaign({ database, seed, exportCases, databaseCases });
    stdout.write(report.render());
    for (const problem of report.problems) stderr.write(`${problem}\n`);
    return report.problems.length === 0 ? 0 : 1;
  } finally {
    await server.stop();
  }
}

async function madeDatabase(serverUrl: string, superuserUrl: string): Promise<AuditDatabase> {
  const client = new Client({ connectionString: serverUrl });
  await client.connect();
  await client.query(`create database ${DATABASE}`);
  await client.end();
  const password = randomBytes(12).toString('hex');
  await bootstrapRoles(superuserUrl, { owner: password, api: password, worker: password });
  const url = (role: string): string => Object.assign(new URL(superuserUrl), { username: `piaoyan_${role}`, password }).href;
  await migrate({ ownerUrl: url('owner') });
  return { superuserUrl, workerUrl: url('worker') };
}

function whole(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw new Error(`${text} is no whole number`);
  return value;
}

main(argv.slice(2)).then(exit, (error: unknown) => {
  stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  exit(1);
});
