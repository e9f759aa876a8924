import { join } from 'node:path';
import type { Stack } from '@app/devstack';
import { shown } from './demo-options';
import { peopleTable } from './people-table';
import type { SampleFiles } from './samples/sample-files';
import type { SeededPerson } from './seed-people';

interface Started {
  stack: Stack;
  key: string;
  files: SampleFiles;
  people: readonly SeededPerson[];
  seconds: number;
}

/** What a newcomer needs to go on: where to look, whom to sign in as, the key, and a first request to copy. */
export function welcome({ stack, key, files, people, seconds }: Started): string {
  const first = join(files.folder, files.samples[0]?.file ?? '');
  return `
Piaoyan 票验 is running (started in ${seconds.toFixed(1)} s)

  console   ${stack.urls.api}/
  API key   ${key}
  API docs  ${stack.urls.api}/docs
  samples   ${shown(files.folder)} (${files.samples.length} made-up receipts)
  logs      ${shown(stack.folders.logs)}

People who can sign in; each one-time password is shown this once, and is changed at the first sign-in:

${peopleTable(people)}

Read a receipt:
  curl -sS -H 'Authorization: Bearer ${key}' -H 'Prefer: wait=20' -F 'file=@${shown(first)}' ${stack.urls.api}/v1/receipts

Ctrl-C stops everything and keeps the data; npm run demo -- --reset begins anew.
`;
}
