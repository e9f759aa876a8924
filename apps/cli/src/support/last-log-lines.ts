import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { allowedLine, LOG_FIELDS } from '@app/observability';

/** Read from the end of a log: enough to see what happened last. */
const TAIL_BYTES = 256 * 1024;
const MOST_LINES = 200;
/** What the logger itself writes around the fields. */
const FRAME = ['level', 'time', 'process', 'dropped'] as const;
const PLAIN = /^[\w:.+ -]{1,60}$/;

/** The last lines of a log as far as they are ours: each of the allowed fields, of an error its type, its code and where it arose. */
export function lastLogLines(path: string): { lines: object[]; skipped: number } {
  const lines: object[] = [];
  let skipped = 0;
  for (const text of tailOf(path).split('\n').slice(-MOST_LINES)) {
    if (text.trim() === '') continue;
    const line = parsed(text);
    if (line === null) skipped += 1;
    else lines.push(shownLine(line));
  }
  return { lines, skipped };
}

function tailOf(path: string): string {
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    const bytes = Buffer.alloc(Math.min(size, TAIL_BYTES));
    readSync(file, bytes, 0, bytes.length, size - bytes.length);
    return bytes.toString();
  } finally {
    closeSync(file);
  }
}

function parsed(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

/** Addresses and free texts are the installation's own: fields of words are kept where they are codes, messages where they are ours. */
function shownLine(given: Record<string, unknown>): object {
  const named = Object.fromEntries(Object.entries(given).filter(([name]) => Object.hasOwn(LOG_FIELDS, name) && !NOT_SENT.has(name)));
  const { line } = allowedLine({ ...named, err: undefined });
  const frame = FRAME.flatMap((name) => (isPlain(given[name]) ? [[name, given[name]] as const] : []));
  return { ...Object.fromEntries(frame), ...line, ...(given.err === undefined ? {} : { err: shownError(given.err) }) };
}

const NOT_SENT: ReadonlySet<string> = new Set(['url', 'host', 'address', 'health', 'trustedRoots', 'loginHash', 'credentialId']);

/** Without its message, which may quote what it met. */
function shownError(err: unknown): object {
  const { type, code, constraint, table, stack } = (typeof err === 'object' && err !== null ? err : {}) as Record<string, unknown>;
  const words = Object.entries({ type, code, constraint, table }).filter(([, value]) => isPlain(value));
  const frames = Array.isArray(stack)
    ? stack.filter((frame) => typeof frame === 'string').map((frame) => frame.replace(/\(.*?((?:dist|libs|apps|node_modules)\/)/u, '($1'))
    : [];
  return { ...Object.fromEntries(words), stack: frames.slice(0, 20) };
}

function isPlain(value: unknown): boolean {
  return typeof value === 'number' || (typeof value === 'string' && PLAIN.test(value));
}
