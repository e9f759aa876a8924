import { AsyncLocalStorage } from 'node:async_hooks';

/** From where a request came, as the audit keeps it: an entry then says who, what, when, from where and in which request. */
export interface RequestOrigin {
  /** Stands in the log lines and in the answer too. */
  requestId: string;
  /** The caller's address, behind the proxies that are trusted. */
  clientAddress: string;
  /** What the client calls itself, shortened. Null where it says nothing. */
  userAgent: string | null;
}

/** From where the request under way came; undefined for what no request causes. */
export const requestUnderWay = new AsyncLocalStorage<RequestOrigin>();
