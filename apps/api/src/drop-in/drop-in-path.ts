import type { ClientDialect } from '@app/tenancy';

const PREFIXES: readonly (readonly [prefix: string, dialect: ClientDialect])[] = [
  ['/verapi/', 'netocr'],
  ['/invoice/', 'jumdata'],
];

/** The dialect that is spoken at a URL, or null where the API speaks its own. */
export function dropInDialectOf(url: string): ClientDialect | null {
  return PREFIXES.find(([prefix]) => url.startsWith(prefix))?.[1] ?? null;
}

/** The part of a URL behind its question mark. */
export function queryOf(url: string): string {
  const at = url.indexOf('?');
  return at < 0 ? '' : url.slice(at + 1);
}
