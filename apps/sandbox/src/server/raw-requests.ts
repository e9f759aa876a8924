import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** Collects the bytes of each connection as they come off the wire, beside the HTTP parser. */
export class RawRequests {
  private readonly pending = new WeakMap<Socket, Buffer[]>();

  /** `onUnfinished` is handed what a connection sent without completing a request. Collects nothing unless `isKept`. */
  constructor(server: Server, isKept: boolean, onUnfinished: (raw: Buffer) => void) {
    if (!isKept) return;
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
    const chunks = this.pending.get(socket);
    if (!chunks) return Buffer.alloc(0);
    const raw = Buffer.concat(chunks);
    this.pending.set(socket, []);
    return raw;
  }
}
