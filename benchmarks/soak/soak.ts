import { StallWatch } from '../endurance/stall-watch';
import type { StallReport } from '../endurance/stalls';
import { AcceptedReceipts } from './accepted-receipts';
import { LatencyLog, WORKER, type MinuteLatency, type RouteLatency } from './latency-log';
import type { MemoryByProcess, RunningProduct } from './running-product';
import { SoakClock } from './soak-clock';
import { steadyBeat } from './steady-beat';
import { allReceipts, tallyOf, type Tally } from './tally';
import { TimedApi, type SoakReceipt } from './timed-api';
import { keepUploading, untilDone } from './uploading';

export interface SoakPlan {
  minutes: number;
  receipts: readonly SoakReceipt[];
  small: SoakReceipt;
  /** Receipts that are accepted and not yet read, at any time. */
  waiting: number;
  calledOff: AbortSignal;
  say: (line: string) => void;
}

/** One minute of a soak; `read` are the receipts whose reading was written in it. */
export interface SoakMinute {
  minute: number;
  read: number;
  leastWaiting: number | undefined;
  memory: MemoryByProcess;
  latency: MinuteLatency | undefined;
}

export interface SoakResult {
  lastedMinutes: number;
  minutes: SoakMinute[];
  routes: RouteLatency[];
  errors: Record<string, number>;
  loggedErrors: Record<string, number>;
  tally: Tally;
  heldBack: number;
  /** Of the thread that asks: what it adds to the latencies itself. */
  clientStalls: StallReport;
}

/** Ten a second: a small branch's clerks and the probes together, a few percent of what the api can answer. */
const ASK_EVERY_MS = 100;
const POST_EVERY_MS = 5_000;
/** Small receipts come on top of those that are kept waiting; beyond so many more they are held back. */
const MOST_SMALL_WAITING = 20;
const SETTLE_MS = 180_000;
const MINUTE_MS = 60_000;

/** Keeps the product saturated with receipts, asks it what clerks and probes ask, and counts at the end what became of every receipt. */
export async function soak(product: RunningProduct, plan: SoakPlan): Promise<SoakResult> {
  // What a client loads for its first request is no latency of the product.
  await fetch(`${product.urls.api}/health/ready`);
  const watch = new StallWatch();
  const clock = new SoakClock(plan.minutes, plan.calledOff);
  const run = new Run(product, plan, clock);
  await run.loaded();
  clock.end();
  const clientStalls = watch.stop();
  return { ...(await run.result()), clientStalls };
}

class Run {
  private readonly log = new LatencyLog();
  private readonly accepted = new AcceptedReceipts();
  private readonly api: TimedApi;
  private readonly gauges: Pick<SoakMinute, 'minute' | 'leastWaiting' | 'memory'>[] = [];
  private heldBack = 0;

  constructor(
    private readonly product: RunningProduct,
    private readonly plan: SoakPlan,
    private readonly clock: SoakClock,
  ) {
    this.api = new TimedApi(product.urls, product.key, this.log, clock);
  }

  async loaded(): Promise<void> {
    const { clock, api, accepted } = this;
    const onFull = () => this.log.addError('not asked: a hundred requests are open');
    await Promise.all([
      keepUploading({ api, clock, accepted, receipts: this.plan.receipts }, this.plan.waiting),
      steadyBeat({ clock, everyMs: ASK_EVERY_MS, onFull }, this.questions()),
      steadyBeat({ clock, everyMs: POST_EVERY_MS, onFull }, [(dueAt) => this.postSmall(dueAt)]),
      this.watchMinutes(),
    ]);
  }

  async result(): Promise<Omit<SoakResult, 'clientStalls'>> {
    const givenUpAt = performance.now() + SETTLE_MS;
    const settled = this.accepted.unfinished.map((id) => untilDone(this.api, this.accepted, id, () => performance.now() > givenUpAt));
    await Promise.all(settled);
    const stored = await allReceipts(this.api);
    const latencies = this.log.minutes();
    const readIn = (minute: number) => stored.filter(({ readAt }) => readAt !== null && this.clock.minuteOfTime(readAt) === minute).length;
    return {
      lastedMinutes: this.clock.lastedMinutes,
      minutes: this.gauges.map((gauge) => ({
        ...gauge,
        read: readIn(gauge.minute),
        latency: latencies.find(({ minute }) => minute === gauge.minute),
      })),
      routes: this.log.overall(),
      errors: this.log.errors,
      loggedErrors: await this.product.loggedErrors(),
      tally: tallyOf(this.accepted.ids, stored),
      heldBack: this.heldBack,
    };
  }

  private questions(): ((dueAt: number) => Promise<unknown>)[] {
    const { api } = this;
    const page = (dueAt: number) => api.page('limit=50', { route: 'GET /v1/receipts', dueAt });
    const one = (dueAt: number) => this.askOne(dueAt);
    const live = (dueAt: number) => api.health('live', 'api', { route: 'GET /health/live', dueAt });
    const ready = (dueAt: number) => api.health('ready', 'api', { route: 'GET /health/ready', dueAt });
    const worker = (dueAt: number) => api.health('ready', 'workerHealth', { route: `${WORKER}GET /health/ready`, dueAt });
    return [page, one, live, one, worker, page, one, ready, one, live];
  }

  private async askOne(dueAt: number): Promise<void> {
    const id = this.accepted.newest;
    if (id !== undefined) await this.api.receipt(id, { route: 'GET /v1/receipts/:id', dueAt });
  }

  private async postSmall(dueAt: number): Promise<void> {
    if (this.accepted.unfinished.length >= this.plan.waiting + MOST_SMALL_WAITING) {
      this.heldBack++;
      return;
    }
    const view = await this.api.upload(this.plan.small, { route: 'POST /v1/receipts', dueAt });
    if (!view) return;
    this.accepted.accept(view.id);
    await untilDone(this.api, this.accepted, view.id, () => this.clock.isOver);
  }

  private async watchMinutes(): Promise<void> {
    const startedAt = performance.now();
    for (let minute = 0; !this.clock.isOver; minute++) {
      await this.clock.until(startedAt + (minute + 1) * MINUTE_MS);
      const gauge = { minute, leastWaiting: this.accepted.takeLeastWaiting(), memory: await this.product.memory() };
      this.gauges.push(gauge);
      const { ids, unfinished } = this.accepted;
      this.plan.say(`minute ${minute + 1}: ${ids.length} receipts accepted, ${unfinished.length} of them not yet read`);
    }
  }
}
