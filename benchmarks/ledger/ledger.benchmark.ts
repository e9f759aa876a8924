import { randomBytes } from 'node:crypto';
import { stderr, stdout } from 'node:process';
import { parseArgs } from 'node:util';
import { bootstrapRoles, migrate, type RolePasswords } from '@app/database';
import { startEmbeddedPostgres } from '@app/devstack';
import { Client } from 'pg';
import { positive } from '../numeric-option';
import { renderLedger } from './ledger-report';
import { makeLedger } from './made-up-ledger';
import { measureLedger } from './measure-ledger';

const OPTIONS = {
  bills: { type: 'string', default: '200000' },
  rounds: { type: 'string', default: '50' },
  json: { type: 'boolean', default: false },
} as const;

/** What a bank's administrator would give a database of this size; the rest is PostgreSQL's own default. */
const SETTINGS = { shared_buffers: '2GB', effective_cache_size: '8GB', random_page_cost: '1.1', jit: 'off', max_wal_size: '8GB' };
const DATABASE = 'ledger';

/**
 * Makes a ledger of `--bills` on a PostgreSQL of its own and times `--rounds` of each kind of search, as the api asks them: role piaoyan_api, row
 * security on, one transaction each.
 */
export async function runLedgerBenchmark(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: OPTIONS });
  const bills = positive('--bills', values.bills);
  const rounds = positive('--rounds', values.rounds);
  const server = await startEmbeddedPostgres({ settings: SETTINGS });
  try {
    const urls = await database(server.superuserUrl(), server.superuserUrl(DATABASE));
    const owner = new Client({ connectionString: urls.owner });
    await owner.connect();
    try {
      const tenants = await makeLedger(owner, { bills, workerUrl: urls.worker, say });
      say('made; asking');
      const measured = await measureLedger({ owner, apiUrl: urls.api, workerUrl: urls.worker, tenants, rounds });
      const howTaken = [
        `one search at a time, each kind ${rounds} times in turn, after one round to warm up, through Bills.page in one transaction as piaoyan_api with row security forced; pages of 50`,
        `PostgreSQL on the same machine: ${Object.entries(SETTINGS)
          .map(([name, value]) => `${name} ${value}`)
          .join(', ')}, and not synced to disk (fsync off), which searches do not notice and writes do`,
      ];
      const result = { bills, tenants: tenants.map((tenant) => tenant.bills), ...measured, howTaken };
      stdout.write(values.json ? `${JSON.stringify(result)}\n` : renderLedger(result));
      return 0;
    } finally {
      await owner.end();
    }
  } finally {
    await server.stop();
  }
}

async function database(serverUrl: string, databaseUrl: string): Promise<Record<keyof RolePasswords, string>> {
  const passwords = {
    owner: randomBytes(12).toString('hex'),
    api: randomBytes(12).toString('hex'),
    worker: randomBytes(12).toString('hex'),
  };
  const client = new Client({ connectionString: serverUrl });
  await client.connect();
  await client.query(`create database ${DATABASE}`);
  await bootstrapRoles(databaseUrl, passwords);
  // Only to make the bills up: no role of the product needs it.
  await client.query(`grant temporary on database ${DATABASE} to piaoyan_owner`);
  await client.end();
  const url = (role: keyof RolePasswords): string => {
    const made = new URL(databaseUrl);
    made.username = `piaoyan_${role}`;
    made.password = passwords[role];
    return made.href;
  };
  await migrate({ ownerUrl: url('owner') });
  return { owner: url('owner'), api: url('api'), worker: url('worker') };
}

/** Not on standard output, which is the report's. */
function say(line: string): void {
  stderr.write(`${line}\n`);
}
