const SLOT = 'piaoyan.used';
/** Noted at most this often. */
const RESOLUTION_MS = 10_000;

/** When this browser used the session last, in whichever tab, in milliseconds since 1970. All that is kept is the time. */
export function lastUse(): number {
  return Number(localStorage.getItem(SLOT)) || 0;
}

export function noteUse(): void {
  const nowMs = Date.now();
  // A clock that was set back must not leave a use in the future.
  if (Math.abs(nowMs - lastUse()) >= RESOLUTION_MS) localStorage.setItem(SLOT, String(nowMs));
}
