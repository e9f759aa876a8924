import type { IncomingMessage } from 'node:http';

/** How long the rest of a refused upload is taken and thrown away before the connection is cut. */
const LINGER_MS = 5_000;

/**
 * Lets a client hear the answer to a request that it is still sending: what arrives is thrown away for a while. Closing at once would
 * reset the connection, and most clients would report that reset instead of the answer.
 */
export function discardUnread(request: IncomingMessage): void {
  if (request.complete) return;
  const cut = setTimeout(() => request.destroy(), LINGER_MS);
  cut.unref();
  request.once('close', () => clearTimeout(cut));
  request.unpipe();
  request.resume();
}
