import { randomBytes } from 'node:crypto';
import { bootstrapRoles, migrate, type RolePasswords } from '@app/database';
import { Client } from 'pg';
import { BROKER_URL } from './server-broker';

/** Passwords of the roles on a server that exists for tests. The same in every run, because roles belong to the whole server. */
export const TEST_PASSWORDS: RolePasswords = { owner: 'test-owner', api: 'test-api', worker: 'test-worker' };

// Roles and template are made once per server, while the other test files wait.
const LOCK_KEY = 7_426_927;

/** Asks the run's broker for the server, which starts it when this is the first question. */
export async function superuserUrl(): Promise<string> {
  const broker = process.env[BROKER_URL];
  if (broker === undefined) throw new Error(`${BROKER_URL} is not set: run the tests through Jest with its globalSetup`);
  const answer = await fetch(broker);
  const text = await answer.text();
  if (!answer.ok) throw new Error(`PostgreSQL for the tests did not start: ${text}`);
  return text;
}

/** The same server, another database, and another role when one is named. */
export function urlFor(serverUrl: string, database: string, role?: keyof RolePasswords): string {
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  if (role) {
    url.username = `piaoyan_${role}`;
    url.password = TEST_PASSWORDS[role];
  }
  return url.href;
}

/** Runs a piece of work as the server's superuser, alone among all test files of all runs on that server. */
export async function alone<T>(serverUrl: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: serverUrl });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK_KEY]);
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Name of this run's migrated template, made by the first that asks. */
export async function templateDatabase(client: Client, serverUrl: string): Promise<string> {
  const template = `piaoyan_template_${new URL(process.env[BROKER_URL] ?? '').port}`;
  const found = await client.query('select 1 from pg_database where datname = $1', [template]);
  if (found.rowCount === 0) await makeTemplate(client, serverUrl, template);
  return template;
}

/** Made under another name first: a template exists only when it is complete. */
async function makeTemplate(client: Client, serverUrl: string, template: string): Promise<void> {
  const unfinished = `${template}_${randomBytes(4).toString('hex')}`;
  await client.query(`create database ${unfinished}`);
  await bootstrapRoles(urlFor(serverUrl, unfinished), TEST_PASSWORDS);
  await migrate({ ownerUrl: urlFor(serverUrl, unfinished, 'owner') });
  await client.query(`alter database ${unfinished} rename to ${template}`);
}
