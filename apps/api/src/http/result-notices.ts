import { NotificationListener, RESULT_CHANNEL } from '@app/database';
import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';

/** So long an id is remembered that nobody waited for when it was told: its request may just be about to wait. */
const REMEMBERED_MS = 5_000;

/** What one waiting request hears of its result. */
export interface ResultNotice {
  /** Resolves when the result was told of, or after `ms`. */
  within(ms: number): Promise<void>;
  /** Waits no more. */
  forget(): void;
}

/**
 * Hears which results are there, for all requests of this process on one connection. What it tells is only a hint: whoever waits looks
 * at the row, and looks by itself now and then as well.
 */
export class ResultNotices implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly waiting = new Map<string, Set<() => void>>();
  private readonly told = new Map<string, number>();
  private readonly listener: NotificationListener;

  constructor(url: string) {
    this.listener = new NotificationListener({
      url,
      applicationName: 'piaoyan-results',
      channel: RESULT_CHANNEL,
      onNotification: (id) => this.tell(id),
      // What was told in the meantime was not heard.
      onListening: () => this.wakeAll(),
    });
  }

  /** False while only looking helps. */
  get areHeard(): boolean {
    return this.listener.isListening;
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.listener.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.listener.close();
  }

  /** From now on, and for the last seconds, it is noticed when the result of `id` is told of. */
  expect(id: string): ResultNotice {
    let isTold = this.told.delete(id);
    let ring = (): void => undefined;
    const hear = (): void => {
      isTold = true;
      ring();
    };
    const others = this.waiting.get(id) ?? new Set();
    this.waiting.set(id, others.add(hear));
    return {
      within: async (ms) => {
        let timer: NodeJS.Timeout | undefined;
        if (!isTold) {
          await new Promise<void>((resolve) => {
            ring = resolve;
            timer = setTimeout(resolve, ms);
          });
        }
        clearTimeout(timer);
        isTold = false;
      },
      forget: () => {
        others.delete(hear);
        if (others.size === 0) this.waiting.delete(id);
      },
    };
  }

  /** Whoever waits looks once. */
  wakeAll(): void {
    for (const id of [...this.waiting.keys()]) this.tell(id);
  }

  private tell(id: string): void {
    const waiting = this.waiting.get(id);
    if (waiting) for (const hear of waiting) hear();
    else this.remember(id);
  }

  private remember(id: string): void {
    const now = performance.now();
    this.told.set(id, now);
    // In the order in which they were told: the first one that is young enough ends the search.
    for (const [each, at] of this.told) {
      if (now - at < REMEMBERED_MS) break;
      this.told.delete(each);
    }
  }
}
