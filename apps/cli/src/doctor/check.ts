/** What a check found: `skip` when the installation does not have the part at all. */
export interface Finding {
  state: 'ok' | 'warn' | 'fail' | 'skip';
  detail: string;
  /** What the operator can do about it; given with `warn` and `fail`. */
  advice?: string;
}

export interface Check {
  name: string;
  run(): Promise<Finding>;
}

export interface Result extends Finding {
  name: string;
}

/** Runs every check to its end: a check that throws is a failed check, never the end of the examination. */
export async function runChecks(checks: readonly Check[]): Promise<Result[]> {
  const results: Result[] = [];
  for (const check of checks) {
    results.push({ name: check.name, ...(await check.run().catch(unexpected)) });
  }
  return results;
}

function unexpected(error: unknown): Finding {
  return { state: 'fail', detail: error instanceof Error ? error.message : String(error), advice: 'give this line to support' };
}

const MARKS: Record<Finding['state'], string> = { ok: '✔', warn: '!', fail: '✘', skip: '-' };

/** One line a check, and below a finding what to do about it. */
export function formatResult({ name, state, detail, advice }: Result): string {
  return `${MARKS[state]} ${name}: ${detail}${advice ? `\n    → ${advice}` : ''}`;
}
