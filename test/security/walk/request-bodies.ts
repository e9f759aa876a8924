import { apiDocument } from '../../../apps/api/src/openapi/document';
import type { ServedRoute } from './served-route';

interface Operation {
  requestBody?: { content?: Record<string, { examples?: Record<string, { value: unknown }> }> };
}

/** The body that the published document gives as the first example of a route; an empty one where it has none. */
export function documentedBody({ method, path }: ServedRoute): unknown {
  const paths = apiDocument().paths as unknown as Record<string, Record<string, Operation>>;
  const operation = paths[path.replace(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()];
  const [example] = Object.values(operation?.requestBody?.content?.['application/json']?.examples ?? {});
  return example?.value ?? {};
}
