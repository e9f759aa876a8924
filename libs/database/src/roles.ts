import { Client } from 'pg';

/** Login passwords of the three database roles. */
export interface RolePasswords {
  owner: string;
  api: string;
  worker: string;
}

const ROLES = { owner: 'piaoyan_owner', api: 'piaoyan_api', worker: 'piaoyan_worker' } as const;
const KINDS = ['owner', 'api', 'worker'] as const;

/**
 * The statements a database administrator runs once, in the database made for Piaoyan: the owner migrates, the runtime roles own nothing.
 * `secret` gives a role's password as an SQL literal. `deploy/sql/roles.sql` shows the same statements.
 */
export function roleStatements(secret: (role: keyof RolePasswords) => string): string[] {
  const create = (role: string) =>
    `DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${role}') THEN CREATE ROLE ${role}; END IF; END $$`;
  return [
    ...KINDS.map((kind) => create(ROLES[kind])),
    ...KINDS.map((kind) => `ALTER ROLE ${ROLES[kind]} LOGIN PASSWORD ${secret(kind)}`),
    `DO $$ BEGIN EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database()); END $$`,
    `DO $$ BEGIN EXECUTE format('GRANT CONNECT, CREATE ON DATABASE %I TO ${ROLES.owner}', current_database()); END $$`,
    `DO $$ BEGIN EXECUTE format('GRANT CONNECT ON DATABASE %I TO ${ROLES.api}, ${ROLES.worker}', current_database()); END $$`,
    'REVOKE CREATE ON SCHEMA public FROM PUBLIC',
    `GRANT USAGE, CREATE ON SCHEMA public TO ${ROLES.owner}`,
    `GRANT USAGE ON SCHEMA public TO ${ROLES.api}, ${ROLES.worker}`,
  ];
}

/** Makes the roles, or renews their passwords, in the database that `superuserUrl` names. May be run again. */
export async function bootstrapRoles(superuserUrl: string, passwords: RolePasswords): Promise<void> {
  const client = new Client({ connectionString: superuserUrl, application_name: 'piaoyan-bootstrap' });
  await client.connect();
  try {
    for (const statement of roleStatements((role) => client.escapeLiteral(passwords[role]))) await client.query(statement);
  } finally {
    await client.end();
  }
}
