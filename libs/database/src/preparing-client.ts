import { Client, type ClientConfig } from 'pg';

/** Each connection keeps the plans of at most so many statements; the product has fewer, but lists of varying length would find no end. */
const MOST_STATEMENTS = 200;

const names = new Map<string, string>();

/**
 * A connection that prepares each parameterised statement once and runs it by name from then on: to parse and plan ours, which find a row
 * or two by key under row security, costs PostgreSQL more than to run them. It plans again by itself when a table or its statistics change.
 */
export class PreparingClient extends Client {
  constructor(config?: string | ClientConfig) {
    super(config);
    const send = this.query.bind(this) as (...args: unknown[]) => unknown;
    this.query = ((text: unknown, values: unknown, ...rest: unknown[]): unknown => {
      const name = typeof text === 'string' && Array.isArray(values) && values.length > 0 ? nameOf(text) : undefined;
      return name === undefined ? send(text, values, ...rest) : send({ name, text, values }, ...rest);
    }) as Client['query'];
  }
}

/** The same for a text on every connection; undefined when there are too many already. */
function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= MOST_STATEMENTS) return known;
  const name = `piaoyan_${names.size + 1}`;
  names.set(text, name);
  return name;
}
