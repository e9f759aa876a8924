/** Month (UTC) in which a version 7 id was made, such as `2026-11`; of any other id nothing is known, and it is `other`. */
export function monthOf(attemptId: string): string {
  const at = timeOf(attemptId);
  return at === null ? 'other' : new Date(at).toISOString().slice(0, -17);
}

/** When a version 7 id was made, in milliseconds since 1970; null for other ids. */
export function timeOf(attemptId: string): number | null {
  return attemptId[14] === '7' ? Number.parseInt(attemptId.slice(0, 8) + attemptId.slice(9, 13), 16) : null;
}
