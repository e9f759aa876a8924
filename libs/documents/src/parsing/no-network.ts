import { registerHooks } from 'node:module';

/** What can open a connection or ask for a name. */
const NETWORK = /^(?:node:)?(?:net|tls|https?|http2|dgram|dns)(?:\/|$)/u;

const GLOBALS = ['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest'];

/**
 * Takes from the calling thread what leads to a network, for good. No parser here has a use for it, so one that is led to an address fails
 * instead of going there. It is a second wall: what may truly leave a host its network policy says.
 */
export function withoutNetwork(): void {
  for (const name of GLOBALS) Reflect.deleteProperty(globalThis, name);
  registerHooks({
    resolve(specifier, context, next) {
      if (NETWORK.test(specifier)) throw new Error('a parser asked for the network');
      return next(specifier, context);
    },
  });
}
