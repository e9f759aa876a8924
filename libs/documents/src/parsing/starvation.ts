/** What a thread did in a stretch of time, in milliseconds: how long it lasted, how long the thread had work, how long a processor ran it. */
export interface ThreadTime {
  wallMs: number;
  activeMs: number;
  processorMs: number;
}

/** A thread that has this share of a processor and does not come to an end has had its chance: bills take some tenths of a second. */
const FAIR_SHARE = 0.2;

/** Whether a thread that did not come to an end had work but hardly a processor: then its document is not to blame. */
export function wasStarved({ wallMs, activeMs, processorMs }: ThreadTime): boolean {
  return activeMs > wallMs / 2 && processorMs < FAIR_SHARE * wallMs;
}
