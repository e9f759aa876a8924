import { resetStack, type SandboxBill, STACK_PROCESSES, startStack, type Stack } from '@app/devstack';
import { BUSINESS_SCOPES, withTenantAdmin } from '@app/tenancy';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { z } from 'zod';
import { coreMs, familyCoreMs } from './core-time';

/** Under load on a shared machine loading takes longer than a demo allows. */
const START_TIMEOUT_MS = 180_000;
const OPERATOR = { type: 'operator', id: 'bench', name: 'npm run bench' } as const;
const TENANT = 'bench';
/** More than any run asks for. */
const ALWAYS = 1_000_000_000;

const Ledger = z.array(z.object({ billNumber: z.string(), charged: z.boolean() }));
/** The simulated providers' own account of the calls they were asked. */
export type Ledger = z.infer<typeof Ledger>;

/** Core time of each process so far, in milliseconds. */
export type CoreTimes = Record<string, number | undefined>;

/** The product on this machine without reading: each process by itself, PostgreSQL syncing to disk, the providers simulated. */
export class VerifyingProduct {
  private constructor(
    private readonly stack: Stack,
    private readonly stateDir: string,
    readonly key: string,
  ) {}

  static async start(options: { bills: readonly SandboxBill[]; log: (line: string) => void }): Promise<VerifyingProduct> {
    const stateDir = await mkdtemp(join(tmpdir(), 'piaoyan-verification-'));
    const settings = {
      worker: { PIAOYAN_WORKER_QUEUES: 'verification.send' },
      // A provider writes down what it charges, not each byte of its requests.
      sandbox: { PIAOYAN_SANDBOX_KEEP_REQUESTS: 'no' },
    };
    const stack = await startStack({ stateDir, modelsDir: 'models', settings, startTimeoutMs: START_TIMEOUT_MS, ...options });
    try {
      return new VerifyingProduct(stack, stateDir, await newKey(stack));
    } catch (error) {
      await stack.stop();
      throw error;
    }
  }

  get apiUrl(): string {
    return this.stack.urls.api;
  }

  onDeath(listener: (error: Error) => void): void {
    this.stack.onDeath(listener);
  }

  /** From now on the provider takes `delayMs` for every call. */
  async delayProvider(delayMs: number): Promise<void> {
    const faults = `${this.stack.urls.sandbox}/_sandbox/faults`;
    const cleared = await fetch(faults, { method: 'DELETE' });
    const scripted = delayMs === 0 ? cleared : await fetch(faults, { method: 'POST', body: JSON.stringify({ times: ALWAYS, delayMs }) });
    if (!scripted.ok) throw new Error(`the sandbox answered ${scripted.status} to its script`);
  }

  /** What PostgreSQL does by itself in the first minute after rows came into its empty tables. */
  async analyze(): Promise<void> {
    const client = new Client({ connectionString: this.stack.database.ownerUrl });
    await client.connect();
    try {
      await client.query('analyze');
    } finally {
      await client.end();
    }
  }

  async ledger(): Promise<Ledger> {
    return Ledger.parse(await (await fetch(`${this.stack.urls.sandbox}/_sandbox/ledger`)).json());
  }

  async coreTimes(): Promise<CoreTimes> {
    const ours = STACK_PROCESSES.map(async (name) => [name, await coreMs(this.stack.process(name).pid)] as const);
    const { user, system } = process.cpuUsage();
    return {
      postgres: await familyCoreMs(await this.postgresPid()),
      ...Object.fromEntries(await Promise.all(ours)),
      'load generator': (user + system) / 1_000,
    };
  }

  /** Lines of each process's log that say error or worse. */
  async loggedErrors(): Promise<number> {
    const logs = await Promise.all(STACK_PROCESSES.map((name) => readFile(this.stack.process(name).logFile, 'utf8')));
    return logs.reduce((sum, log) => sum + (log.match(/^\{"level":"(error|fatal)"/gmu)?.length ?? 0), 0);
  }

  async stop(): Promise<void> {
    await this.stack.stop();
    await resetStack(this.stateDir);
  }

  /** The server writes its own id into the first line of this file. */
  private async postgresPid(): Promise<number> {
    const text = await readFile(join(this.stack.folders.postgres, 'postmaster.pid'), 'utf8').catch(() => '');
    return Number(text.split('\n')[0]);
  }
}

function newKey({ database: { ownerUrl }, hashKey }: Stack): Promise<string> {
  return withTenantAdmin({ ownerUrl, hashKey, applicationName: 'piaoyan-bench' }, async (admin) => {
    await admin.createTenant(OPERATOR, TENANT);
    return (await admin.createKey(OPERATOR, TENANT, { name: TENANT, scopes: BUSINESS_SCOPES })).secret;
  });
}
