import { connect as connectPlain, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { SyslogError, type SyslogFailure } from './syslog.error';

/** Where messages go. */
export interface SyslogReceiver {
  host: string;
  port: number;
  /** Null is plain TCP: only inside a network that is trusted. Authorities and own certificate are in PEM; without `ca` the public ones count. */
  tls: { ca?: string | undefined; cert?: string | undefined; key?: string | undefined } | null;
  /** How long nothing may move, in connecting, sending or closing. */
  idleTimeoutMs?: number;
  /** How long one sending may take in all. */
  deadlineMs?: number;
}

const IDLE_TIMEOUT_MS = 10_000;
const DEADLINE_MS = 300_000;

/**
 * Sends syslog messages over TLS (RFC 5425) or TCP (RFC 6587), each with its length in front. The protocol has no receipt, so each sending
 * has a connection of its own and counts as received once the receiver, having read to our end, closes in order as well: what a dead
 * receiver left in the buffers on the way is never taken for delivered.
 */
export class SyslogTransport {
  constructor(private readonly receiver: SyslogReceiver) {}

  /** Resolves when the receiver took all of them. @throws SyslogError when it may have missed one */
  async send(messages: readonly string[]): Promise<void> {
    const socket = this.connect();
    const { idleTimeoutMs = IDLE_TIMEOUT_MS, deadlineMs = DEADLINE_MS, tls } = this.receiver;
    const deadline = setTimeout(() => socket.destroy(new SyslogError('timeout')), deadlineMs);
    socket.setTimeout(idleTimeoutMs, () => socket.destroy(new SyslogError('timeout')));
    try {
      await sent(socket, tls === null ? 'connect' : 'secureConnect', framed(messages));
    } finally {
      clearTimeout(deadline);
      socket.destroy();
    }
  }

  private connect(): Socket {
    const { host, port, tls } = this.receiver;
    if (tls === null) return connectPlain({ host, port });
    const { ca, cert, key } = tls;
    const own = { ...(ca !== undefined && { ca }), ...(cert !== undefined && { cert }), ...(key !== undefined && { key }) };
    return connectTls({ host, port, minVersion: 'TLSv1.2', ...own });
  }
}

function framed(messages: readonly string[]): Buffer {
  return Buffer.concat(
    messages.flatMap((message) => {
      const bytes = Buffer.from(message, 'utf8');
      return [Buffer.from(`${bytes.length} `), bytes];
    }),
  );
}

function sent(socket: Socket, ready: 'connect' | 'secureConnect', bytes: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    let [isReady, isWritten, hasPeerEnded] = [false, false, false];
    socket.once(ready, () => {
      isReady = true;
      socket.end(bytes, () => (isWritten = true));
    });
    // Whatever a receiver says is not for us; unread, its end would not be seen.
    socket.resume();
    socket.once('end', () => (hasPeerEnded = isWritten));
    socket.once('error', (cause) => reject(cause instanceof SyslogError ? cause : new SyslogError(failureOf(cause, isReady), { cause })));
    socket.once('close', () => (hasPeerEnded ? resolve() : reject(new SyslogError('broken'))));
  });
}

const UNREACHABLE = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT)$/;

function failureOf(error: Error & { code?: string }, isReady: boolean): SyslogFailure {
  if (UNREACHABLE.test(error.code ?? '')) return 'unreachable';
  return isReady || /^(ECONNRESET|EPIPE)$/.test(error.code ?? '') ? 'broken' : 'untrusted';
}
