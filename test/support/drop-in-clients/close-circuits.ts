import type { ApiBench } from '../api-bench';

/** Lets both providers be called again, whatever a test made them answer. */
export async function closeCircuits(bench: ApiBench): Promise<void> {
  await bench.rows(
    `update provider_channel set state = 'closed', reason = null, failures = 0, backoff_seconds = 0, reopen_at = null, probe_attempt_id = null`,
  );
}
