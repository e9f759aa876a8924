import { Client, type ClientConfig, type QueryResult } from 'pg';

/** Each connection keeps the plans of at most so many statements; the product has fewer, but lists of varying length would find no end. */
const MOST_STATEMENTS = 300;
/** Statements that were asked once are remembered, up to so many: one that is never asked again, such as a rare length of a list, takes no name. */
const MOST_ASKED_ONCE = 2_000;
const BEGIN = 'START TRANSACTION';

const names = new Map<string, string>();
const askedOnce = new Set<string>();

type Send = (...args: unknown[]) => Promise<QueryResult>;

/**
 * A connection that saves the database work and round trips, for callers that await each statement, as TypeORM and pools do.
 *
 * It prepares each parameterised statement when it is asked again, and runs it by name from then on: to parse and plan ours, which find a row or two by key
 * under row security, costs PostgreSQL more than to run them. PostgreSQL plans again by itself when a table or its statistics change.
 *
 * It sends the begin of a transaction together with the transaction's first statement.
 */
export class PreparingClient extends Client {
  private isBeginDue = false;

  constructor(config?: string | ClientConfig) {
    super(config);
    const send = this.query.bind(this) as Send;
    this.query = ((text: unknown, values?: unknown, ...rest: unknown[]): unknown => {
      const isPlain = !Array.isArray(values) || values.length === 0;
      if (typeof text !== 'string') return send(text, values, ...rest);
      // With a callback, as a pool's own query does it: never within a transaction.
      if (rest.length > 0) return isPlain ? send(text, values, ...rest) : send({ name: nameOf(text), text, values }, ...rest);
      if (text === BEGIN) return this.beginLater();
      if (this.isBeginDue) return this.begin(send, text, isPlain ? undefined : values);
      return isPlain ? send(text, values) : send({ name: nameOf(text), text, values });
    }) as Client['query'];
  }

  private beginLater(): Promise<unknown> {
    this.isBeginDue = true;
    return Promise.resolve({ command: 'START', rowCount: null, rows: [] });
  }

  private async begin(send: Send, text: string, values: unknown[] | undefined): Promise<QueryResult> {
    this.isBeginDue = false;
    if (values !== undefined) {
      await send(BEGIN);
      return send({ name: nameOf(text), text, values });
    }
    // Several statements in one message are answered by one result each.
    const results: unknown = await send(`${BEGIN}; ${text}`);
    const [, ...own] = results as QueryResult[];
    return (own.length === 1 ? own[0] : own) as QueryResult;
  }
}

/** The same for a text on every connection; undefined for one that was never asked before, and when there are too many already. */
function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= MOST_STATEMENTS || isNew(text)) return known;
  const name = `piaoyan_${names.size + 1}`;
  names.set(text, name);
  return name;
}

function isNew(text: string): boolean {
  if (askedOnce.delete(text)) return false;
  if (askedOnce.size >= MOST_ASKED_ONCE) askedOnce.clear();
  askedOnce.add(text);
  return true;
}
