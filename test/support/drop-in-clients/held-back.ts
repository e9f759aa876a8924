import type { Script } from '../verification-bench';

/** A script whose answer comes only when it is released. */
export function heldBack(script: Script): { script: Script; release: () => void } {
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  return { script: async (call) => released.then(() => script(call)), release: () => release() };
}
