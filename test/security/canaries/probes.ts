import { setTimeout as delay } from 'node:timers/promises';
import type { Stack } from '@app/devstack';

const PAUSE_MS = 1_000;
const PATHS = ['/health/live', '/health/ready', '/metrics'];

/** Asks all processes for their health and metrics, every second, and keeps what they say, headers included. */
export class Probes {
  readonly answers: Buffer[] = [];
  private readonly ended = new AbortController();
  private readonly work: Promise<void>;

  constructor(private readonly stack: Stack) {
    this.work = this.run();
  }

  async end(): Promise<void> {
    this.ended.abort();
    await this.work;
  }

  private async run(): Promise<void> {
    const { api, workerHealth, egressHealth } = this.stack.urls;
    while (!this.ended.signal.aborted) {
      for (const url of [api, workerHealth, egressHealth]) for (const path of PATHS) await this.probe(`${url}${path}`);
      await delay(PAUSE_MS, undefined, { signal: this.ended.signal }).catch(() => undefined);
    }
  }

  private async probe(url: string): Promise<void> {
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
      const headers = [...response.headers].map((header) => header.join(': ')).join('\n');
      this.answers.push(Buffer.from(`${response.status}\n${headers}\n\n${await response.text()}\n`));
    } catch {
      // It is being killed or started just now.
    }
  }
}
