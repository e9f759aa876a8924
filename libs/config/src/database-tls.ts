const LOOPBACK = /^(127\.\d+\.\d+\.\d+|::1|\[::1\]|localhost)$/;

/** Whether an address is of this very machine. */
export function isLoopback(host: string): boolean {
  return LOOPBACK.test(host);
}

/**
 * Whether a connection URL leaves nobody on the way: a socket, this very machine, or TLS to a server whose certificate and name are checked
 * (`sslmode=verify-full`). The driver lets `host` in the query stand above the URL's own, and of a name given twice takes the last.
 */
export function isConnectionClosed(url: string): boolean {
  const parsed = URL.parse(url);
  if (parsed === null) return false;
  const modes = parsed.searchParams.getAll('sslmode');
  if (modes.length > 0 && modes.every((mode) => mode === 'verify-full')) return true;
  const hosts = [decodeURIComponent(parsed.hostname), ...parsed.searchParams.getAll('host')].filter((host) => host !== '');
  return hosts.every((host) => host.startsWith('/') || isLoopback(host));
}

interface DatabaseSettings {
  PIAOYAN_DATABASE_URL?: string | undefined;
  PIAOYAN_DATABASE_ALLOW_PLAIN: boolean;
}

/** For the schema of each process that reaches the database. */
export const hasClosedDatabase = ({ PIAOYAN_DATABASE_URL: url, PIAOYAN_DATABASE_ALLOW_PLAIN: isPlainAllowed }: DatabaseSettings): boolean =>
  url === undefined || isPlainAllowed || isConnectionClosed(url);

/** What it says where that does not hold. */
export const DATABASE_RULE = {
  message:
    'must end in sslmode=verify-full (and sslrootcert=… for the authority of the bank), or PIAOYAN_DATABASE_ALLOW_PLAIN=true take the risk',
  path: ['PIAOYAN_DATABASE_URL'],
};
