import { resolve } from 'node:path';
import { apiDocument } from './document';

/** Where the copy of the OpenAPI document lies that readers and integrators find without a running api. */
export const documentFile = resolve('docs/api/openapi.json');

/** The document as it stands in the file. */
export function documentText(): string {
  return `${JSON.stringify(apiDocument(), null, 2)}\n`;
}
