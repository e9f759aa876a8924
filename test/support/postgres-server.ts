import { request } from 'node:http';
import { startEmbeddedPostgres } from '../../libs/devstack/src/postgres/embedded-postgres';

/** A PostgreSQL for one test run. */
export interface PostgresServer {
  superuserUrl: string;
  /** What it is, for the run to say. */
  description: string;
  stop(): Promise<void>;
}

const IMAGE = 'postgres:18';
const ENGINE_TIMEOUT_MS = 1_000;

/** TEST_DATABASE_URL when given, else a container where an engine answers, else PostgreSQL from the npm package. */
export async function startPostgresServer(): Promise<PostgresServer> {
  const given = process.env.TEST_DATABASE_URL;
  if (given) return { superuserUrl: given, description: 'the server of TEST_DATABASE_URL', stop: () => Promise.resolve() };
  return (await engineAnswers()) ? startContainer() : startFromPackage();
}

async function startFromPackage(): Promise<PostgresServer> {
  const server = await startEmbeddedPostgres({ settings: { max_connections: '300' } });
  return { superuserUrl: server.superuserUrl(), description: `embedded PostgreSQL on port ${server.port}`, stop: () => server.stop() };
}

async function startContainer(): Promise<PostgresServer> {
  const { PostgreSqlContainer } = await import('@testcontainers/postgresql');
  const container = await new PostgreSqlContainer(IMAGE).withCommand(['postgres', '-c', 'fsync=off', '-c', 'max_connections=300']).start();
  return {
    superuserUrl: container.getConnectionUri(),
    description: `a ${IMAGE} container`,
    stop: async () => {
      await container.stop();
    },
  };
}

function engineAnswers(): Promise<boolean> {
  const host = process.env.DOCKER_HOST;
  const target = host?.startsWith('tcp://') ? { host: new URL(host).hostname, port: new URL(host).port } : { socketPath: socketOf(host) };
  return new Promise((resolve) => {
    const ping = request({ ...target, path: '/_ping', timeout: ENGINE_TIMEOUT_MS }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    ping.once('timeout', () => ping.destroy());
    ping.once('error', () => resolve(false));
    ping.end();
  });
}

function socketOf(host: string | undefined): string {
  return host?.startsWith('unix://') ? host.slice('unix://'.length) : '/var/run/docker.sock';
}
