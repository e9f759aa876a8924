import {
  type EmbeddedPostgres,
  type SandboxBill,
  type Stack,
  type StackDatabase,
  type StackOptions,
  resetStack,
  startDatabase,
  startStack,
} from '@app/devstack';
import { BUSINESS_SCOPES, withTenantAdmin } from '@app/tenancy';
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';

const run = promisify(execFile);
const OPERATOR = { type: 'operator', id: 'campaign', name: 'npm run test:faults' } as const;
/** Stalls are ended after this, so that a campaign is not spent on waiting. */
const PROVIDER_LIMITS = { connectTimeoutMs: 1_000, totalTimeoutMs: 2_000 };
/** A month's end comes after the month. */
const LATER = join(__dirname, 'two-days-later.ts');
const START_TIMEOUT_MS = 120_000;

// Reading has campaigns of its own; loading the models at every restart would take most of this one's time.
const WITHOUT_READING: StackOptions['settings'] = { worker: { PIAOYAN_WORKER_QUEUES: 'verification.send,webhook.deliver,batch.feed' } };

/** What a campaign's product is started with. */
export interface ProductOptions {
  bills: readonly SandboxBill[];
  tenants: number;
  log: (line: string) => void;
  /** Settings of its processes, once it is known where the database is; without it, one that does not read documents. */
  settings?: (database: StackDatabase) => StackOptions['settings'];
}

/** The built processes of the whole product on a database that survives a crash, with its tenants' keys. */
export class CampaignProduct {
  private constructor(
    readonly stack: Stack,
    private readonly server: EmbeddedPostgres,
    private readonly stateDir: string,
    readonly keys: readonly string[],
  ) {}

  static async start(options: ProductOptions): Promise<CampaignProduct> {
    const stateDir = await mkdtemp(join(tmpdir(), 'piaoyan-faults-'));
    const secret = () => randomBytes(32).toString('hex');
    const passwords = { owner: secret(), api: secret(), worker: secret() };
    const { server, database } = await startDatabase({ dataDir: join(stateDir, 'postgres'), passwords, log: options.log });
    const stack = await startStack({
      stateDir,
      database,
      modelsDir: 'models',
      bills: options.bills,
      providerLimits: PROVIDER_LIMITS,
      settings: options.settings?.(database) ?? WITHOUT_READING,
      startTimeoutMs: START_TIMEOUT_MS,
    });
    return new CampaignProduct(stack, server, stateDir, await tenantKeys(stack, options.tenants));
  }

  /** A connection past row security, as an assessor with the superuser's rights would have. */
  async connect(): Promise<Client> {
    const client = new Client({ connectionString: this.server.superuserUrl('piaoyan') });
    // A killed backend ends this connection, too.
    client.on('error', () => undefined);
    await client.connect();
    return client;
  }

  /** Runs a command of the operator's command line; its output, whatever the exit code. */
  async piaoyan(args: readonly string[], options: { daysLater?: 2 } = {}): Promise<{ code: number; stdout: string; stderr: string }> {
    const { database, hashKey, masterKey } = this.stack;
    const { PATH } = process.env;
    const env = {
      PATH,
      PIAOYAN_DATABASE_URL: database.ownerUrl,
      PIAOYAN_HASH_KEY: hashKey,
      PIAOYAN_MASTER_KEY: masterKey,
      PIAOYAN_LOG_LEVEL: 'warn',
      ...(options.daysLater && { NODE_OPTIONS: `--require=@swc-node/register --require=${LATER}` }),
    };
    try {
      const { stdout, stderr } = await run(process.execPath, ['dist/apps/cli/src/main.js', ...args], { env, maxBuffer: 64 * 1024 * 1024 });
      return { code: 0, stdout, stderr };
    } catch (error) {
      const { code = -1, stdout = '', stderr = String(error) } = error as { code?: number; stdout?: string; stderr?: string };
      return { code, stdout, stderr };
    }
  }

  /** Asks the sandbox's own routes. */
  async sandbox(path: string, init: RequestInit = {}): Promise<Response> {
    return fetch(`${this.stack.urls.sandbox}/_sandbox/${path}`, init);
  }

  async stop(): Promise<void> {
    await this.stack.stop();
    await this.server.stop();
    await resetStack(this.stateDir);
  }
}

function tenantKeys({ database: { ownerUrl }, hashKey }: Stack, count: number): Promise<string[]> {
  return withTenantAdmin({ ownerUrl, hashKey, applicationName: 'piaoyan-faults' }, async (admin) => {
    const keys: string[] = [];
    for (let number = 1; number <= count; number++) {
      const name = `分行 ${number}`;
      await admin.createTenant(OPERATOR, name);
      keys.push((await admin.createKey(OPERATOR, name, { name, scopes: BUSINESS_SCOPES })).secret);
    }
    return keys;
  });
}
