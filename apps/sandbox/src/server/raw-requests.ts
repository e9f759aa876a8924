import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** Collects the bytes of each connection as they come off the wire, beside the HTTP parser. */
export class RawRequests {
  private readonly pending = new WeakMap<Socket, Buffer[]>();

  /** `onUnfinished` is handed what a connection sent without completing a request. */
  constructor(server: Server, onUnfinished: (raw: Buffer) => void) {
    server.on('connection', (socket) => {
      this.pending.set(socket, []);
      socket.on('data', (chunk) => this.pending.get(socket)?.push(Buffer.from(chunk)));
      socket.on('close', () => {
        const raw = this.take(socket);
        if (raw.length > 0) onUnfinished(raw);
      });
    });
  }

  /** What came since the last complete request of this connection. */
  take(socket: Socket): Buffer {
    const raw = Buffer.concat(this.pending.get(socket) ?? []);
    this.pending.set(socket, []);
    return raw;
  }
}
