/** The longest that a request is held open for its result. */
export const LONGEST_WAIT_SECONDS = 30;

/** Seconds that a `Prefer: wait=N` asks to wait (RFC 7240), at most 30; null when it asks for nothing we understand. */
export function preferredWait(header: string | string[] | undefined): number | null {
  const preferences = [header ?? []].flat().join(',').split(',');
  const wait = preferences
    .map((preference) => /^\s*wait\s*=\s*"?(\d{1,6})"?\s*(;|$)/i.exec(preference)?.[1])
    .find((seconds) => seconds !== undefined);
  return wait === undefined ? null : Math.min(Number(wait), LONGEST_WAIT_SECONDS);
}
