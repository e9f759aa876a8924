import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { resetStack, STACK_PROCESSES, startStack, type Stack } from '@app/devstack';
import { BUSINESS_SCOPES, withTenantAdmin } from '@app/tenancy';
import { familyMiB, residentMiB } from './process-memory';

/** Under load on a shared machine loading takes longer than a demo allows. */
const START_TIMEOUT_MS = 180_000;

/** What the product's image sets for its processes; memory would be another's without it. */
const ALLOCATOR = { MALLOC_ARENA_MAX: '2', MALLOC_MMAP_THRESHOLD_: '1048576' };

const TENANT = 'soak';
const OPERATOR = { type: 'operator', id: 'soak', name: 'npm run bench' } as const;

export type MemoryByProcess = Record<string, number | undefined>;

/** The whole product on this machine, each process by itself, with a database of its own; all of it goes when it is stopped. */
export class RunningProduct {
  private constructor(
    private readonly stack: Stack,
    private readonly stateDir: string,
    readonly key: string,
  ) {}

  static async start(options: { modelsDir: string; workers: number | undefined; log: (line: string) => void }): Promise<RunningProduct> {
    const stateDir = await mkdtemp(join(tmpdir(), 'piaoyan-soak-'));
    const { modelsDir, workers, log } = options;
    const reading: Record<string, string> = workers === undefined ? {} : { PIAOYAN_OCR_WORKERS: String(workers) };
    const settings = { api: ALLOCATOR, worker: { ...ALLOCATOR, ...reading }, egress: ALLOCATOR, sandbox: ALLOCATOR };
    const stack = await startStack({ stateDir, modelsDir, bills: [], settings, startTimeoutMs: START_TIMEOUT_MS, log });
    try {
      return new RunningProduct(stack, stateDir, await newKey(stack));
    } catch (error) {
      await stack.stop();
      throw error;
    }
  }

  get urls(): Stack['urls'] {
    return this.stack.urls;
  }

  /** Calls back when a process ends that nobody asked to. */
  onDeath(listener: (error: Error) => void): void {
    this.stack.onDeath(listener);
  }

  /** MiB of each process now. */
  async memory(): Promise<MemoryByProcess> {
    const ours = STACK_PROCESSES.map(async (name) => [name, await residentMiB(this.stack.process(name).pid)] as const);
    const known: MemoryByProcess = Object.fromEntries(await Promise.all(ours));
    return { ...known, postgres: await familyMiB(await this.postgresPid()) };
  }

  /** Lines of each process's log that say error or worse. */
  async loggedErrors(): Promise<Record<string, number>> {
    const counts = STACK_PROCESSES.map(async (name) => {
      const log = await readFile(this.stack.process(name).logFile, 'utf8');
      return [name, log.match(/^\{"level":"(error|fatal)"/gmu)?.length ?? 0] as const;
    });
    return Object.fromEntries(await Promise.all(counts));
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
  return withTenantAdmin({ ownerUrl, hashKey, applicationName: 'piaoyan-soak' }, async (admin) => {
    await admin.createTenant(OPERATOR, TENANT);
    return (await admin.createKey(OPERATOR, TENANT, { name: TENANT, scopes: BUSINESS_SCOPES })).secret;
  });
}
