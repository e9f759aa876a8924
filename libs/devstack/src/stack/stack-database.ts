import { bootstrapRoles, migrate, type RolePasswords } from '@app/database';
import { Client } from 'pg';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../postgres/embedded-postgres';

/** Connection URLs of a database that is migrated to this release. */
export interface StackDatabase {
  ownerUrl: string;
  apiUrl: string;
  workerUrl: string;
}

const DATABASE = 'piaoyan';

/** Starts PostgreSQL on a stack's own data, and brings roles and schema up to date. */
export async function startDatabase(options: {
  dataDir: string;
  passwords: RolePasswords;
  log: (line: string) => void;
}): Promise<{ server: EmbeddedPostgres; database: StackDatabase }> {
  const server = await startEmbeddedPostgres({ dataDir: options.dataDir });
  try {
    await createDatabase(server);
    await bootstrapRoles(server.superuserUrl(DATABASE), options.passwords);
    const database = databaseUrls(server, options.passwords);
    await migrate({ ownerUrl: database.ownerUrl, log: options.log });
    return { server, database };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function createDatabase(server: EmbeddedPostgres): Promise<void> {
  const client = new Client({ connectionString: server.superuserUrl() });
  await client.connect();
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`create database ${DATABASE}`);
  } finally {
    await client.end();
  }
}

function databaseUrls(server: EmbeddedPostgres, passwords: RolePasswords): StackDatabase {
  const url = (role: keyof RolePasswords) => `postgresql://piaoyan_${role}:${passwords[role]}@127.0.0.1:${server.port}/${DATABASE}`;
  return { ownerUrl: url('owner'), apiUrl: url('api'), workerUrl: url('worker') };
}
