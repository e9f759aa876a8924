import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { alone, superuserUrl, TEST_PASSWORDS, templateDatabase, urlFor } from './template-database';
import { bootstrapRoles } from '@app/database';

/** A database of its own, with a URL for each role. */
export interface TestDatabase {
  /** As the server's superuser: for what no role of the product may do. */
  superuserUrl: string;
  ownerUrl: string;
  apiUrl: string;
  workerUrl: string;
  /** Fails when the test left a connection open, and it is still there after as long as a busy server may take to end one. */
  drop(deadlineMs?: number): Promise<void>;
}

/** Cuts a migrated database from the run's template. For one test file: `beforeAll(createTestDatabase)`, `afterAll(drop)`. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const serverUrl = await superuserUrl();
  const name = newName();
  await alone(serverUrl, async (client) => {
    const template = await templateDatabase(client, serverUrl);
    await client.query(`create database ${name} template ${template}`);
  });
  return testDatabase(serverUrl, name);
}

/** A database with the roles and nothing else, for tests of the migrations themselves. */
export async function createEmptyDatabase(): Promise<TestDatabase> {
  const serverUrl = await superuserUrl();
  const name = newName();
  await alone(serverUrl, async (client) => {
    await client.query(`create database ${name}`);
    await bootstrapRoles(urlFor(serverUrl, name), TEST_PASSWORDS);
  });
  return testDatabase(serverUrl, name);
}

const newName = (): string => `piaoyan_test_${randomBytes(6).toString('hex')}`;

function testDatabase(serverUrl: string, name: string): TestDatabase {
  return {
    superuserUrl: urlFor(serverUrl, name),
    ownerUrl: urlFor(serverUrl, name, 'owner'),
    apiUrl: urlFor(serverUrl, name, 'api'),
    workerUrl: urlFor(serverUrl, name, 'worker'),
    drop: (deadlineMs = LEAK_DEADLINE_MS) => drop(serverUrl, name, deadlineMs),
  };
}

const LEAK_DEADLINE_MS = 20_000;

async function drop(serverUrl: string, name: string, deadlineMs: number): Promise<void> {
  const client = new Client({ connectionString: serverUrl });
  await client.connect();
  try {
    const leaked = await remainingConnections(client, name, deadlineMs);
    await client.query(`drop database ${name} with (force)`);
    if (leaked.length > 0) throw new Error(`connections left open after the test: ${leaked.join(', ')}`);
  } finally {
    await client.end();
  }
}

/** A closed connection is gone from the server a moment later: only what is still there at the deadline is a leak. */
async function remainingConnections(client: Client, name: string, deadlineMs: number): Promise<string[]> {
  const deadline = Date.now() + deadlineMs;
  for (;;) {
    const { rows } = await client.query<{ application_name: string }>(
      `select application_name from pg_stat_activity where datname = $1 and backend_type = 'client backend'`,
      [name],
    );
    if (rows.length === 0 || Date.now() > deadline) return rows.map((row) => row.application_name);
    await client.query('select pg_sleep(0.02)');
  }
}
