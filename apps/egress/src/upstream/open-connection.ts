import { isIP, connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

/** How far a connection came before it failed; in each case no byte of a request was sent. */
export type ConnectPhase = 'dns' | 'connect' | 'tls';

/** Where to connect to, and whom to trust there. */
export interface ConnectTarget {
  url: URL;
  /** PEM of the authorities to trust instead of the system's. */
  ca: string | undefined;
  timeoutMs: number;
}

/** A connection ready to carry a request, or the phase in which opening it failed. */
export type Opened = { socket: Socket } | { failedIn: ConnectPhase };

/**
 * Opens a connection and nothing more. The request is handed over only afterwards, so that a failure here surely sent no byte of it.
 * Environment proxies are not consulted.
 */
export function openConnection(target: ConnectTarget): Promise<Opened> {
  const host = target.url.hostname.replace(/^\[|\]$/g, '');
  const isTls = target.url.protocol === 'https:';
  let phase: ConnectPhase = isIP(host) ? 'connect' : 'dns';
  return new Promise((resolve) => {
    const socket = isTls ? openTls(host, target) : connectTcp({ host, port: Number(target.url.port || '80') });
    let isSettled = false;
    const settle = (opened: Opened): void => {
      if (isSettled) return;
      isSettled = true;
      clearTimeout(timer);
      if ('failedIn' in opened) socket.destroy();
      resolve(opened);
    };
    const timer = setTimeout(() => settle({ failedIn: phase }), target.timeoutMs);
    socket.on('lookup', (error: Error | null) => (phase = error ? phase : 'connect'));
    socket.once('connect', () => (phase = 'tls'));
    socket.once(isTls ? 'secureConnect' : 'connect', () => settle({ socket }));
    // Stays for the socket's life: a late error of a connection that was given up must not end the process.
    socket.on('error', () => settle({ failedIn: phase }));
    socket.on('close', () => settle({ failedIn: phase }));
  });
}

function openTls(host: string, target: ConnectTarget): Socket {
  return connectTls({
    host,
    port: Number(target.url.port || '443'),
    servername: isIP(host) ? '' : host,
    ca: target.ca,
    minVersion: 'TLSv1.2',
    // Written out, so that NODE_TLS_REJECT_UNAUTHORIZED in the environment cannot switch the check off.
    rejectUnauthorized: true,
  });
}
