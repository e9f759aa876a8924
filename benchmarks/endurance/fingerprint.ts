import { createHash } from 'node:crypto';

/** SHA-256 of a result's bytes as JSON, its timings left out: they alone may differ from one reading to the next. */
export function fingerprint(result: { timings: unknown }): string {
  return createHash('sha256')
    .update(JSON.stringify({ ...result, timings: undefined }))
    .digest('hex');
}
