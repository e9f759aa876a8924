import { isLogField, LOG_FIELDS, type LogFieldKind } from './log-fields';

/** Longer texts are no codes. Messages of errors are bounded elsewhere. */
const LONGEST_WORD = 300;
const MOST_WORDS = 50;

/** A line as it may be written, and how many fields were left out of it. */
export interface AllowedLine {
  line: Record<string, unknown>;
  dropped: number;
}

/** Keeps the fields that a log line may have, where their values are of the kind that they must be. */
export function allowedLine(given: object): AllowedLine {
  const line: Record<string, unknown> = {};
  let dropped = 0;
  for (const [name, value] of Object.entries(given) as [string, unknown][]) {
    if (value === undefined || value === null) continue;
    const allowed = isLogField(name) ? allowedValue(LOG_FIELDS[name], value) : undefined;
    if (allowed === undefined) dropped += 1;
    else line[name] = allowed;
  }
  return { line, dropped };
}

function allowedValue(kind: LogFieldKind, value: unknown): unknown {
  switch (kind) {
    case 'word':
      return wordOf(value);
    case 'words':
      return Array.isArray(value) ? value.slice(0, MOST_WORDS).map(wordOf) : undefined;
    case 'number':
      return typeof value === 'number' ? value : undefined;
    case 'error':
    case 'facts':
      return value;
  }
}

function wordOf(value: unknown): string | number | boolean | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (typeof value !== 'string') return undefined;
  return value.length > LONGEST_WORD ? `${value.slice(0, LONGEST_WORD)}…` : value;
}
