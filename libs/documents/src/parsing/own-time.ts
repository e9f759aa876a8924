/** What a thread did in a stretch of time, in milliseconds: how long it lasted, how long the thread had work, how long a processor ran it. */
export interface ThreadTime {
  wallMs: number;
  activeMs: number;
  processorMs: number;
}

/** The time that is the thread's own doing, waiting included, but for what it had work and others had the processor. */
export function ownTime({ wallMs, activeMs, processorMs }: ThreadTime): number {
  return Math.max(0, wallMs - Math.max(0, activeMs - processorMs));
}
