import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LedgerLine } from '../../apps/sandbox/src/records/ledger';
import { type SandboxBill, type Stack, startStack } from '@app/devstack';
import { BUSINESS_SCOPES, withTenantAdmin } from '@app/tenancy';
import { Client } from 'pg';
import { z } from 'zod';
import { createTestDatabase, type TestDatabase } from './test-database';

const SandboxRequests = z.array(z.object({ number: z.number(), isComplete: z.boolean(), rawBase64: z.string() }));

/** Within Jest's own patience, so that it is the process's log that says what was the matter. */
const START_TIMEOUT_MS = 180_000;

/** The built processes of the whole product, on a database of their own, with one tenant and its key. */
export class TestStack {
  private constructor(
    readonly stack: Stack,
    private readonly database: TestDatabase,
    private readonly stateDir: string,
    readonly key: string,
  ) {}

  static async start(bills: readonly SandboxBill[]): Promise<TestStack> {
    const database = await createTestDatabase();
    const stateDir = await mkdtemp(join(tmpdir(), 'piaoyan-stack-'));
    const stack = await startStack({ stateDir, modelsDir: 'models', bills, database, startTimeoutMs: START_TIMEOUT_MS });
    const key = await new TestStack(stack, database, stateDir, '').newTenantKey('e2e');
    return new TestStack(stack, database, stateDir, key);
  }

  /** A tenant of its own and a key of it with every scope. */
  async newTenantKey(name: string): Promise<string> {
    const actor = { type: 'operator', id: 'e2e', name: 'e2e' } as const;
    const options = { ownerUrl: this.database.ownerUrl, hashKey: this.stack.hashKey, applicationName: 'piaoyan-e2e' };
    return withTenantAdmin(options, async (admin) => {
      await admin.createTenant(actor, name);
      return (await admin.createKey(actor, name, { name, scopes: BUSINESS_SCOPES })).secret;
    });
  }

  /** A call of the API with the tenant's key. */
  request(path: string, init: RequestInit = {}, key = this.key): Promise<Response> {
    const headers = new Headers(init.headers);
    headers.set('authorization', `Bearer ${key}`);
    return fetch(`${this.stack.urls.api}${path}`, { ...init, headers });
  }

  /** Every request that reached a provider, byte for byte. */
  async upstreamRequests(): Promise<Buffer[]> {
    const requests = SandboxRequests.parse(await this.sandbox('requests'));
    return requests.map(({ rawBase64 }) => Buffer.from(rawBase64, 'base64'));
  }

  /** The providers' own account of what they were asked and charged. */
  async upstreamLedger(): Promise<LedgerLine[]> {
    return z.array(LedgerLine).parse(await this.sandbox('ledger'));
  }

  async scriptFault(rule: object): Promise<void> {
    const response = await fetch(`${this.stack.urls.sandbox}/_sandbox/faults`, { method: 'POST', body: JSON.stringify(rule) });
    if (!response.ok) throw new Error(`the sandbox refused the fault: ${await response.text()}`);
  }

  /** Rows as an assessor with the superuser's rights would read them, past row security. */
  async query<T extends object>(sql: string, values: unknown[] = []): Promise<T[]> {
    const client = new Client({ connectionString: this.database.superuserUrl });
    await client.connect();
    try {
      return (await client.query<T>(sql, values)).rows;
    } finally {
      await client.end();
    }
  }

  async stop(): Promise<void> {
    await this.stack.stop();
    await rm(this.stateDir, { recursive: true, force: true });
    await this.database.drop();
  }

  private async sandbox(what: string): Promise<unknown> {
    return (await fetch(`${this.stack.urls.sandbox}/_sandbox/${what}`)).json();
  }
}
