import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { type AddressInfo, createServer as createPlainServer, type Server, type Socket } from 'node:net';
import { createServer } from 'node:tls';
import type { Certificates } from '@app/devstack';

/** How the receiver behaves: in order, or one of the ways in which it can be there and not. */
export type ReceiverMood = 'takes' | 'diesWhileReading' | 'neverReads' | 'neverCloses' | 'readsSlowly';

/** A syslog receiver on loopback that keeps what it took: over TLS with a client's certificate demanded, or over plain TCP. */
export class SyslogReceiverDouble {
  mood: ReceiverMood = 'takes';
  /** Of every connection that ended in order. */
  readonly messages: string[] = [];
  /** Connections that were opened, whatever became of them. */
  connections = 0;
  private readonly sockets = new Set<Socket>();
  private server: Server | null = null;
  private port = 0;

  constructor(private readonly certificates: Certificates | null) {}

  async start(): Promise<number> {
    this.server = await this.created();
    this.server.listen(this.port, '127.0.0.1');
    await once(this.server, 'listening');
    this.port = (this.server.address() as AddressInfo).port;
    return this.port;
  }

  /** As if the process were killed: nobody listens any more, and open connections are cut. */
  async kill(): Promise<void> {
    const server = this.server;
    this.server = null;
    for (const socket of this.sockets) cut(socket);
    if (server === null) return;
    server.close();
    await once(server, 'close');
  }

  private async created(): Promise<Server> {
    const take = (socket: Socket): void => this.take(socket);
    if (this.certificates === null)
      return createPlainServer({ allowHalfOpen: true }, take).on('connection', (socket) => this.opened(socket));
    const { caFile, egress } = this.certificates;
    const [ca, cert, key] = await Promise.all([caFile, egress.certFile, egress.keyFile].map((file) => readFile(file)));
    const server = createServer({ ca, cert, key, requestCert: true, rejectUnauthorized: true, allowHalfOpen: true }, take);
    server.on('connection', (socket: Socket) => this.opened(socket));
    return server.on('tlsClientError', () => undefined);
  }

  private opened(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => this.sockets.delete(socket));
  }

  private cutOff({ remotePort }: Socket): void {
    for (const socket of this.sockets) if (socket.remotePort === remotePort) cut(socket);
  }

  private take(socket: Socket): void {
    this.connections += 1;
    socket.on('error', () => undefined);
    if (this.mood === 'neverReads') return;
    const pieces: Buffer[] = [];
    socket.on('data', (piece) => {
      pieces.push(piece);
      if (this.mood === 'diesWhileReading') this.cutOff(socket);
      if (this.mood === 'readsSlowly') {
        socket.pause();
        setImmediate(() => socket.resume());
      }
    });
    socket.on('end', () => {
      this.messages.push(...unframed(Buffer.concat(pieces)));
      if (this.mood !== 'neverCloses') socket.end();
    });
  }
}

/** Without an orderly end, as the system ends the connections of a killed process that had not read them to the end. */
function cut(socket: Socket): void {
  socket.resetAndDestroy();
}

/** The messages of one connection, each behind its length in bytes. @throws Error for what is not framed so */
function unframed(bytes: Buffer): string[] {
  const messages: string[] = [];
  for (let at = 0; at < bytes.length;) {
    const space = bytes.indexOf(0x20, at);
    const length = Number(bytes.toString('ascii', at, space));
    if (space < 0 || !Number.isInteger(length) || space + 1 + length > bytes.length) throw new Error(`no frame at byte ${at}`);
    messages.push(bytes.toString('utf8', space + 1, space + 1 + length));
    at = space + 1 + length;
  }
  return messages;
}
