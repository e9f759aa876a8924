import type { ApiBench } from '../../support/api-bench';
import type { Resources } from './resources';

/** No id is known for a route's parameter: what it names was not made. */
export class UnfilledPathError extends Error {
  constructor(path: string, before: string) {
    super(
      `${path}: nothing is known at ${before}. Let GET ${before.slice(0, -1)} list one, or make one in test/security/walk/resources.ts`,
    );
    this.name = 'UnfilledPathError';
  }
}

/**
 * The path with ids of what the first tenant has: the known ones, or the first that the list before the parameter shows.
 * @throws UnfilledPathError
 */
export async function fillPath(bench: ApiBench, path: string, { ids }: Resources): Promise<string> {
  const [before, after] = splitAtParameter(path);
  if (after === null) return before;
  const [name = '', rest = ''] = /^:(\w+)(.*)$/.exec(after)?.slice(1) ?? [];
  const id = name === 'number' ? '1' : (ids[before] ?? (await firstListed(bench, before)));
  if (id === null) throw new UnfilledPathError(path, before);
  return fillPath(bench, `${before}${id}${rest}`, { ids, bodies: {} });
}

function splitAtParameter(path: string): [string, string | null] {
  const at = path.indexOf(':');
  return at < 0 ? [path, null] : [path.slice(0, at), path.slice(at)];
}

async function firstListed(bench: ApiBench, before: string): Promise<string | null> {
  const response = await bench.fetch(before.slice(0, -1));
  if (!response.ok) return null;
  const { items } = (await response.json()) as { items?: { id?: string }[] };
  return items?.[0]?.id ?? null;
}
