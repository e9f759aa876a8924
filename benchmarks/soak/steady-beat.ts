import type { SoakClock } from './soak-clock';

/** Beyond so many open requests the client itself would be what is measured. */
const MOST_OPEN = 100;

export interface Beat {
  clock: SoakClock;
  everyMs: number;
  /** Called when a request is due and too many are open already. */
  onFull: () => void;
}

/**
 * Sends one request each `everyMs`, in turn, whether the one before was answered or not: a client that waits for slow answers would ask
 * less just when it matters. Resolves when the soak is over and all are answered.
 */
export async function steadyBeat(
  { clock, everyMs, onFull }: Beat,
  requests: readonly ((dueAt: number) => Promise<unknown>)[],
): Promise<void> {
  const open = new Set<Promise<unknown>>();
  let beat = 0;
  for (let dueAt = performance.now() + everyMs; ; dueAt += everyMs) {
    await clock.until(dueAt);
    if (clock.isOver) break;
    const request = requests[beat++ % requests.length];
    if (open.size >= MOST_OPEN) onFull();
    else if (request) {
      const answered = request(dueAt).finally(() => open.delete(answered));
      open.add(answered);
    }
  }
  await Promise.all(open);
}
