import type { Worker } from 'node:worker_threads';
import { ownTime } from './own-time';

/** How much longer than its allowance is waited for a thread that has to share a processor. */
const PATIENCE = 3;

/** A thread that had this part of its allowance by then had what many bills take together. */
const CHANCE = 1 / 4;

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
    const ownMs = await own();
    if (isOver) return;
    const waitedMs = performance.now() - from;
    // A timer may ring some milliseconds early.
    const leftMs = Math.min(allowanceMs - ownMs, PATIENCE * allowanceMs - waitedMs);
    if (leftMs > 10) timer = setTimeout(() => void look(), leftMs);
    else if (ownMs > CHANCE * allowanceMs) ends.exceeded();
    else ends.starved();
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
