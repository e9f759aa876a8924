import { asRecord, unwrapJsonText } from '../wire/json';

/** What stands at a dotted path; undefined when it leads nowhere. Text that holds JSON is walked through like the JSON it holds. */
export function readPath(root: unknown, path: string): unknown {
  let value = root;
  for (const step of path.split('.')) {
    const place = unwrapJsonText(value);
    if (Array.isArray(place)) value = /^\d{1,4}$/.test(step) ? place[Number(step)] : undefined;
    else {
      const record = asRecord(place);
      value = record && Object.hasOwn(record, step) ? record[step] : undefined;
    }
  }
  return value;
}

/** The exact text at a path, a boolean as `true` or `false`; null when nothing, an empty text or something without a text stands there. */
export function readText(root: unknown, path: string | undefined): string | null {
  if (path === undefined) return null;
  const value = readPath(root, path);
  if (typeof value === 'boolean') return String(value);
  if (typeof value !== 'string') return null;
  const trimmed = value.trim();
  return trimmed === '' ? null : trimmed;
}

/** The same for a value that is compared with what was asked: where something stands that is no text, it agrees with nothing. */
export function readCompared(root: unknown, path: string | undefined): string | null {
  const text = readText(root, path);
  return text === null && path !== undefined && isGiven(root, path) ? `(${typeof readPath(root, path)})` : text;
}

/** Whether anything but null and empty text stands at a path. */
export function isGiven(root: unknown, path: string): boolean {
  const value = readPath(root, path);
  return value !== undefined && value !== null && !(typeof value === 'string' && value.trim() === '');
}
