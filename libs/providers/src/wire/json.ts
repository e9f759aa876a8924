import { findFault } from './json-faults';

/** A JSON object whose numbers were kept as their source text. */
export type WireRecord = Readonly<Record<string, unknown>>;

/** The text holds no JSON, nests deeper than any documented reply, or says two things under one name. */
export class WireJsonError extends Error {
  override readonly name = 'WireJsonError';
}

/**
 * Parses JSON with every number kept as written, because task numbers of 24 digits, amounts and flags must not pass through a float.
 * @throws WireJsonError
 */
export function parseWireJson(text: string): unknown {
  const fault = findFault(text);
  if (fault) throw new WireJsonError(fault);
  const keepNumbers = (_key: string, value: unknown, context?: { source?: string }): unknown =>
    typeof value === 'number' ? (context?.source ?? String(value)) : value;
  try {
    return JSON.parse(text, keepNumbers);
  } catch (error) {
    // The parser's own message quotes the text, which may hold a payer's name.
    throw new WireJsonError(error instanceof SyntaxError ? 'not JSON' : 'JSON could not be read');
  }
}

/** The value as an object, or null for anything else, lists included. */
export function asRecord(value: unknown): WireRecord | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as WireRecord) : null;
}

/** A field's text without surrounding blanks; absent, null and empty are the same null. */
export function textOf(record: WireRecord, key: string): string | null {
  const value = Object.hasOwn(record, key) ? record[key] : null;
  if (typeof value !== 'string') return null;
  const trimmed = value.trim();
  return trimmed === '' ? null : trimmed;
}

/**
 * A flag's exact text, null when it was not given. A value that is no text, such as `true`, gives a text that stands in no map of
 * flags: nobody may guess which of the two it means.
 */
export function flagText(record: WireRecord, key: string): string | null {
  const value = Object.hasOwn(record, key) ? record[key] : null;
  return value === null || value === undefined || typeof value === 'string' ? textOf(record, key) : `(${typeof value})`;
}

/** The same for a value that is compared with what was asked: where something stands that is no text, it agrees with nothing. */
export const comparedText = flagText;

/**
 * The value behind text that holds an object or a list, because providers declare structured fields as String; any other value as it is.
 * Broken JSON stays the text it was: the code beside it is still the provider's word.
 */
export function unwrapJsonText(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
  try {
    return parseWireJson(value);
  } catch (error) {
    if (error instanceof WireJsonError) return value;
    throw error;
  }
}

/**
 * A list field in any of its forms: array, JSON text of an array, `""`, null, absent.
 * `readable` is false when something else stood there.
 */
export function listOf(record: WireRecord, key: string): { rows: WireRecord[]; readable: boolean } {
  const raw = Object.hasOwn(record, key) ? record[key] : null;
  if (raw === null || raw === undefined || (typeof raw === 'string' && raw.trim() === '')) return { rows: [], readable: true };
  const value = unwrapJsonText(raw);
  if (!Array.isArray(value)) return { rows: [], readable: false };
  const rows = value.map(asRecord).filter((row) => row !== null);
  return { rows, readable: rows.length === value.length };
}
