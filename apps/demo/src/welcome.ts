import { join } from 'node:path';
import type { Stack } from '@app/devstack';
import { shown } from './demo-options';
import type { SampleFiles } from './samples/sample-files';

/** What a newcomer needs to go on: where to look, the key, and a first request to copy. */
export function welcome({ stack, key, files, seconds }: { stack: Stack; key: string; files: SampleFiles; seconds: number }): string {
  const first = join(files.folder, files.samples[0]?.file ?? '');
  return `
Piaoyan 票验 is running (started in ${seconds.toFixed(1)} s)

  console   ${stack.urls.api}/
  API key   ${key}
  API docs  ${stack.urls.api}/docs
  samples   ${shown(files.folder)} (${files.samples.length} made-up receipts)
  logs      ${shown(stack.folders.logs)}

Read a receipt:
  curl -sS -H 'Authorization: Bearer ${key}' -H 'Prefer: wait=20' -F 'file=@${shown(first)}' ${stack.urls.api}/v1/receipts

Ctrl-C stops everything and keeps the data; npm run demo -- --reset begins anew.
`;
}
