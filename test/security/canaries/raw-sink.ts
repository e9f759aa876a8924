import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';

/** Takes what it is sent and closes when the sender has: a syslog receiver's part of the protocol. */
export class RawSink {
  private constructor(private readonly server: Server) {}

  static async start(): Promise<RawSink> {
    const server = createServer((socket) => void socket.on('error', () => undefined).resume());
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new RawSink(server);
  }

  get url(): string {
    return `tcp://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.close();
    await once(this.server, 'close');
  }
}
