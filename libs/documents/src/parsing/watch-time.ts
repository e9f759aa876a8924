import type { Worker } from 'node:worker_threads';
import { ownTime } from './own-time';

/** Where a thread gets less of a processor than this share, its document is not to blame for not being done. */
const FAIR_SHARE = 1 / 3;

/** How long is waited for the processor time of a thread. One that does not say it is in something that nothing can interrupt. */
const ACCOUNT_MS = 500;

/** Ends of a watch: `exceeded` when the thread's own time is used up, `starved` when it had no chance to use it. */
export interface TimeEnds {
  exceeded: () => void;
  starved: () => void;
}

/** Watches a thread at work until the returned function is called, which answers the milliseconds that were the thread's own. */
export function watchTime(worker: Worker, allowanceMs: number, ends: TimeEnds): () => Promise<number> {
  const from = performance.now();
  const loop = worker.performance.eventLoopUtilization();
  const processor = processorMs(worker);
  let isOver = false;
  let timer = setTimeout(() => void look(), allowanceMs);

  const own = async (): Promise<number> => {
    const [before, now] = [await processor, await processorMs(worker)];
    const wallMs = performance.now() - from;
    if (before === undefined || now === undefined) return wallMs;
    return ownTime({ wallMs, activeMs: worker.performance.eventLoopUtilization(loop).active, processorMs: now - before });
  };
  const look = async () => {
    const leftMs = allowanceMs - (await own());
    if (isOver) return;
    // A timer may ring some milliseconds early.
    if (leftMs < 10) ends.exceeded();
    else if (performance.now() - from > allowanceMs / FAIR_SHARE) ends.starved();
    else timer = setTimeout(() => void look(), leftMs);
  };
  return () => {
    isOver = true;
    clearTimeout(timer);
    return own();
  };
}

async function processorMs(worker: Worker): Promise<number | undefined> {
  // A thread that has ended has no time any more.
  const used = worker.cpuUsage().catch(() => undefined);
  const known = await Promise.race([used, after(ACCOUNT_MS)]);
  return known && (known.user + known.system) / 1000;
}

function after(ms: number): Promise<undefined> {
  return new Promise((resolve) => setTimeout(resolve, ms, undefined).unref());
}
