import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type PostgresServer, startPostgresServer } from './postgres-server';

/** Names the broker's address to the test files, which run in processes of their own. */
export const BROKER_URL = 'TEST_DATABASE_BROKER';

/**
 * Starts PostgreSQL when the first test file asks for it, so that a run without database tests pays nothing,
 * and keeps it until the run ends.
 */
export class ServerBroker {
  private postgres: Promise<PostgresServer> | undefined;
  private http: Server | undefined;

  /** @returns the loopback URL at which the superuser's URL is told */
  async listen(): Promise<string> {
    const http = createServer((_request, response) => {
      // A test file that loads for longer than a kept connection lives would ask its question on one that has ended.
      response.setHeader('connection', 'close');
      this.started().then(
        (postgres) => response.end(postgres.superuserUrl),
        (error: unknown) => response.writeHead(500).end(String(error)),
      );
    });
    this.http = http;
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    // An idle broker must not keep a run alive that ended early.
    http.unref();
    return `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.http?.closeAllConnections();
    this.http?.close();
    await (await this.postgres)?.stop();
  }

  private started(): Promise<PostgresServer> {
    this.postgres ??= startPostgresServer().then((postgres) => {
      process.stderr.write(`database tests run on ${postgres.description}\n`);
      return postgres;
    });
    return this.postgres;
  }
}
