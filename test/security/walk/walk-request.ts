import type { ApiBench } from '../../support/api-bench';
import type { ServedRoute } from './served-route';

/** What the walk looks at in an answer. */
export interface WalkAnswer {
  status: number;
  /** The problem's stable code; null for an answer that is no problem. */
  code: string | null;
  text: string;
}

/** Asks one route at a path whose parameters are filled. Without a key no credentials are sent. */
export async function ask(
  bench: ApiBench,
  { method }: ServedRoute,
  path: string,
  options: { key: string | null; body?: unknown },
): Promise<WalkAnswer> {
  const hasBody = method !== 'GET';
  const headers: Record<string, string> = {
    ...(options.key !== null && { authorization: `Bearer ${options.key}` }),
    ...(hasBody && { 'content-type': 'application/json' }),
    // Nobody sees an image without saying why.
    ...(path.endsWith('/image') && { 'x-piaoyan-purpose': 'walk' }),
  };
  const url = path as `/${string}`;
  const request = { method: method as 'GET', url, headers, ...(hasBody && { payload: JSON.stringify(options.body ?? {}) }) };
  const response = await bench.api.inject(request);
  const text = response.payload;
  return { status: response.statusCode, code: codeOf(text), text };
}

function codeOf(text: string): string | null {
  try {
    const { code } = JSON.parse(text) as { code?: unknown };
    return typeof code === 'string' ? code : null;
  } catch {
    return null;
  }
}
