import { setTimeout as pause } from 'node:timers/promises';

/** Lets one sleeper be woken. A call that comes while it is awake is not lost: the next sleep ends at once. */
export class Waking {
  private isCalled = false;
  private ring: (() => void) | undefined;

  wake(): void {
    this.isCalled = true;
    this.ring?.();
  }

  /** Sleeps until it is woken, at least `leastMs` and at most `mostMs`. */
  async after(leastMs: number, mostMs: number): Promise<void> {
    await pause(leastMs);
    if (mostMs > leastMs && !this.isCalled) await this.called(mostMs - leastMs);
    this.isCalled = false;
  }

  private async called(mostMs: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.ring = resolve;
      timer = setTimeout(resolve, mostMs);
    });
    clearTimeout(timer);
    this.ring = undefined;
  }
}
