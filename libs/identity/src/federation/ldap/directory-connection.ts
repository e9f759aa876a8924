import { connect as connectPlain, isIP, type Socket } from 'node:net';
import { connect as connectSecure, type ConnectionOptions, type TLSSocket } from 'node:tls';
import { Client } from 'ldapts';
import type { LdapSettings } from '../settings/read-sign-in-file';

/**
 * One connection to one server of a directory, used and closed within the deadline. It is never opened a second time: the library would
 * connect again without a word where the server hung up, and after StartTLS the next password would go out in the clear.
 */
export async function withDirectory<T>(settings: LdapSettings, url: string, use: (client: Client) => Promise<T>): Promise<T> {
  const { timeoutMs, startTls, ca } = settings;
  const tls = tlsOptionsFor(url, ca);
  const sockets: Socket[] = [];
  const once = <T extends Socket>(open: () => T): T => {
    if (sockets.length > 0) throw new Error('the directory closed the connection');
    const socket = open();
    sockets.push(socket);
    return socket;
  };
  const openPlain = (port: number, host: string): Socket => once(() => connectPlain(port, host));
  const openSecure = (port: number, host: string): TLSSocket => once(() => connectSecure({ ...tls, port, host }));
  const client = new Client({
    url,
    timeout: timeoutMs,
    connectTimeout: timeoutMs,
    createConnection: openPlain as typeof connectPlain,
    ...(url.startsWith('ldaps:') && { tlsOptions: tls, createSecureConnection: openSecure as typeof connectSecure }),
  });
  const deadline = Promise.withResolvers<never>();
  const timer = setTimeout(() => deadline.reject(Object.assign(new Error('the directory is too slow'), { code: 'ETIMEDOUT' })), timeoutMs);
  try {
    const work = (async () => {
      if (startTls) await client.startTLS({ ...tls });
      return use(client);
    })();
    return await Promise.race([work, deadline.promise]);
  } finally {
    clearTimeout(timer);
    // The server is done with us, whatever it thinks: no farewell can be waited for.
    for (const socket of sockets) socket.destroy();
  }
}

/** The server must have a certificate of the configured authority for the name or address that the settings have. */
function tlsOptionsFor(url: string, ca: string): ConnectionOptions {
  const host = new URL(url).hostname.replace(/^\[|\]$/g, '');
  return { ca, host, minVersion: 'TLSv1.2', rejectUnauthorized: true, ...(isIP(host) === 0 && { servername: host }) };
}
