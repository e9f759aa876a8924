import { STACK_PROCESSES, type StackProcessName } from '@app/devstack';
import { Random } from '@app/samples';
import { setTimeout as delay } from 'node:timers/promises';
import type { CampaignProduct } from './campaign-product';

const RESTART_TIMEOUT_MS = 90_000;
const PAUSE_MS = { from: 300, to: 3_000 };

export type KillCounts = Partial<Record<StackProcessName | 'postgres', number>>;

/** Kills one process after the other, whenever it comes, and starts it again, until it is told to end. */
export class RandomKills {
  readonly counts: KillCounts = {};
  private readonly random: Random;
  private readonly ended = new AbortController();
  private readonly work: Promise<void>;

  constructor(
    private readonly product: CampaignProduct,
    private readonly options: {
      seed: number;
      /** The sandbox forgets its faults when it dies. */
      onProviderBack: () => Promise<void>;
      /** Between two kills. */
      pauseMs?: { from: number; to: number };
    },
  ) {
    this.random = new Random(options.seed);
    this.work = this.run();
  }

  /** Waits until what was killed last runs again. */
  async end(): Promise<void> {
    this.ended.abort();
    await this.work;
  }

  private async run(): Promise<void> {
    const victims = [...STACK_PROCESSES, 'postgres'] as const;
    while (await this.pause()) {
      // Each as often as the others, in an order of its own every time.
      for (const victim of this.random.some(victims, victims.length)) {
        await this.kill(victim);
        this.counts[victim] = (this.counts[victim] ?? 0) + 1;
        if (!(await this.pause())) return;
      }
    }
  }

  /** False when no more is to be killed. */
  private async pause(): Promise<boolean> {
    const { signal } = this.ended;
    const { from, to } = this.options.pauseMs ?? PAUSE_MS;
    await delay(this.random.int(from, to), undefined, { signal }).catch(() => undefined);
    return !signal.aborted;
  }

  private async kill(victim: StackProcessName | 'postgres'): Promise<void> {
    if (victim === 'postgres') return killBackend(this.product);
    const process = this.product.stack.process(victim);
    await process.kill();
    await process.restart(RESTART_TIMEOUT_MS);
    if (victim === 'sandbox') await this.options.onProviderBack();
  }
}

/** Kills one of PostgreSQL's own processes: the server then ends all others, forgets what was not committed, and recovers from its log. */
async function killBackend(product: CampaignProduct): Promise<void> {
  const client = await product.connect().catch(() => null);
  if (client === null) return;
  const found = await client
    .query<{ pid: number }>(
      `select pid from pg_stat_activity where application_name like 'piaoyan-%' order by state = 'active' desc limit 1`,
    )
    .catch(() => null);
  const pid = found?.rows[0]?.pid;
  if (pid === undefined) return client.end().catch(() => undefined);
  const isCutOff = new Promise((resolve) => client.once('end', resolve));
  process.kill(pid, 'SIGKILL');
  await isCutOff;
  await isBack(product);
}

/** What runs meets the recovery; what is started in the middle of it ends, and here is nobody who would start it again. */
async function isBack(product: CampaignProduct): Promise<void> {
  const deadline = Date.now() + RESTART_TIMEOUT_MS;
  for (;;) {
    const client = await product.connect().catch(() => null);
    await client?.end();
    if (client !== null) return;
    if (Date.now() > deadline) throw new Error(`PostgreSQL did not recover within ${RESTART_TIMEOUT_MS} ms`);
    await delay(100);
  }
}
