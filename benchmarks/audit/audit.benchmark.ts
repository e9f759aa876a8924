import { randomBytes } from 'node:crypto';
import { stderr, stdout } from 'node:process';
import { parseArgs } from 'node:util';
import { bootstrapRoles, migrate, type RolePasswords } from '@app/database';
import { startEmbeddedPostgres } from '@app/devstack';
import { Client } from 'pg';
import { positive } from '../numeric-option';
import { renderAudit } from './audit-report';
import { measureAppends } from './measure-appends';
import { measureProof } from './measure-proof';

const OPTIONS = {
  transactions: { type: 'string', default: '3000' },
  tenants: { type: 'string', default: '8' },
  entries: { type: 'string', default: '200000' },
  json: { type: 'boolean', default: false },
} as const;
const DATABASE = 'audit';
/** Commits are synced to disk, as in production: an entry has no sync of its own, and shares that of its transaction. */
const SETTINGS = { fsync: 'on', synchronous_commit: 'on', shared_buffers: '512MB', max_wal_size: '4GB', jit: 'off' };

/** Times what the audit adds to a write, whether tenants wait for one another, how fast entries are sealed, exported and verified. */
export async function runAuditBenchmark(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: OPTIONS });
  const transactions = positive('--transactions', values.transactions);
  const tenants = positive('--tenants', values.tenants);
  const entries = positive('--entries', values.entries);
  const server = await startEmbeddedPostgres({ settings: SETTINGS });
  try {
    const urls = await database(server.superuserUrl(), server.superuserUrl(DATABASE));
    stderr.write('appending\n');
    const appends = await measureAppends({ ...urls, transactions, tenants });
    const proofs = [];
    for (const suite of ['standard', 'sm'] as const) {
      stderr.write(`sealing, exporting and verifying: ${suite}\n`);
      proofs.push(await measureProof({ ...urls, entries, suite }));
    }
    const result = { transactions, tenants, entries, appends, proofs, settings: SETTINGS };
    stdout.write(values.json ? `${JSON.stringify(result)}\n` : renderAudit(result));
    return 0;
  } finally {
    await server.stop();
  }
}

async function database(serverUrl: string, superuserUrl: string): Promise<Record<`${keyof RolePasswords}Url`, string>> {
  const password = randomBytes(12).toString('hex');
  const client = new Client({ connectionString: serverUrl });
  await client.connect();
  await client.query(`create database ${DATABASE}`);
  await client.end();
  await bootstrapRoles(superuserUrl, { owner: password, api: password, worker: password });
  const url = (role: string): string => Object.assign(new URL(superuserUrl), { username: `piaoyan_${role}`, password }).href;
  await migrate({ ownerUrl: url('owner') });
  return { ownerUrl: url('owner'), apiUrl: url('api'), workerUrl: url('worker') };
}
