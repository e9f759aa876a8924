import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GenericDescription, parseSettingsFile } from '@app/providers';

const PAGE = join(__dirname, '../../docs/operations/generic-provider.md');

/** The description of the generic provider that operators are shown, as the page has it. */
export function documentedDescription(): GenericDescription {
  const text = /```json\n([\s\S]+?)\n```/.exec(readFileSync(PAGE, 'utf8'))?.[1] ?? '';
  return parseSettingsFile(PAGE, text, GenericDescription);
}
