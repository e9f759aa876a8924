import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A receiver of webhooks that keeps every byte that came in on each connection, and misbehaves now and then. */
export class RawReceiver {
  readonly path = '/hooks';
  /** One of each connection. */
  readonly received: Buffer[][] = [];
  private count = 0;

  private constructor(private readonly server: Server) {}

  static async start(): Promise<RawReceiver> {
    const server = createServer();
    const receiver = new RawReceiver(server);
    server.on('connection', (socket) => {
      const parts: Buffer[] = [];
      receiver.received.push(parts);
      socket.on('data', (part) => parts.push(Buffer.from(part)));
    });
    server.on('request', (request, response) => {
      request.resume();
      request.on('end', () => receiver.answer(response));
      request.on('error', () => undefined);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return receiver;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private answer(response: ServerResponse): void {
    this.count += 1;
    if (this.count % 20 === 7) response.socket?.destroy();
    else if (this.count % 20 === 13) response.writeHead(302, { location: 'http://leak.invalid/' }).end();
    else if (this.count % 20 === 17) response.writeHead(500).end('<html>');
    else response.writeHead(204).end();
  }
}
