import { setTimeout as delay } from 'node:timers/promises';
import type { Stack } from '@app/devstack';

const PAUSE_MS = 1_000;
const HEALTH = ['/health/live', '/health/ready'];
const METRICS = '/metrics';

/** Asks all processes for their health and metrics, every second, and keeps what they say, headers included. */
export class Probes {
  readonly answers: Buffer[] = [];
  /** Of those that tell metrics at all. */
  readonly metrics: Buffer[] = [];
  private readonly ended = new AbortController();
  private readonly work: Promise<void>;

  constructor(
    private readonly stack: Stack,
    private readonly apiMetrics: string,
  ) {
    this.work = this.run();
  }

  async end(): Promise<void> {
    this.ended.abort();
    await this.work;
  }

  private async run(): Promise<void> {
    const { api, workerHealth, egressHealth } = this.stack.urls;
    while (!this.ended.signal.aborted) {
      for (const url of [api, workerHealth, egressHealth]) for (const path of HEALTH) await this.probe(`${url}${path}`, this.answers);
      // The public listener has none: what it answers is searched like the rest.
      await this.probe(`${api}${METRICS}`, this.answers);
      for (const url of [this.apiMetrics, workerHealth, egressHealth]) await this.probe(`${url}${METRICS}`, this.metrics);
      await delay(PAUSE_MS, undefined, { signal: this.ended.signal }).catch(() => undefined);
    }
  }

  private async probe(url: string, into: Buffer[]): Promise<void> {
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
      const headers = [...response.headers].map((header) => header.join(': ')).join('\n');
      into.push(Buffer.from(`${response.status}\n${headers}\n\n${await response.text()}\n`));
    } catch {
      // It is being killed or started just now.
    }
  }
}
