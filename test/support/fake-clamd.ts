import { createServer, type Server, type Socket } from 'node:net';

/** What clamd does with a stream: look at it, or one of the ways in which it fails. */
export type ClamdMood = 'looks' | 'tooLong' | 'hangsUp' | 'isSilent' | 'talksNonsense' | 'answersEarly';

/** Put together when it is run: no scanner should find it in this file. */
export const EICAR = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD', '-ANTIVIRUS-TEST', '-FILE!$H+H*'].join('');

/** Speaks clamd's INSTREAM on loopback, and finds what holds the EICAR text. */
export class FakeClamd {
  mood: ClamdMood = 'looks';
  /** Whether it knows the EICAR text yet. */
  knows = true;
  /** The streams that arrived whole. */
  readonly seen: Buffer[] = [];
  private readonly sockets = new Set<Socket>();

  private constructor(private readonly server: Server) {}

  static async listen(where: { path: string } | { port: 0; host: '127.0.0.1' } = { port: 0, host: '127.0.0.1' }): Promise<FakeClamd> {
    const server = createServer();
    const clamd = new FakeClamd(server);
    server.on('connection', (socket) => clamd.serve(socket));
    await new Promise<void>((resolve) => server.listen(where, resolve));
    return clamd;
  }

  get port(): number {
    const address = this.server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private serve(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('error', () => undefined);
    let bytes = Buffer.alloc(0);
    if (this.mood === 'hangsUp') socket.destroy();
    if (this.mood === 'answersEarly') socket.write('stream: OK\0');
    socket.on('data', (chunk: Buffer) => {
      bytes = Buffer.concat([bytes, chunk]);
      const stream = streamOf(bytes);
      if (stream === null) return;
      this.seen.push(stream);
      const found = this.knows && stream.includes(EICAR) ? 'Win.Test.EICAR_HDB-1 FOUND' : 'OK';
      const replies: Partial<Record<ClamdMood, string>> = {
        looks: `stream: ${found}\0`,
        tooLong: 'INSTREAM size limit exceeded. ERROR\0',
        talksNonsense: 'stream: OKAY\0',
      };
      const reply = replies[this.mood];
      if (reply !== undefined) socket.end(reply);
    });
  }
}

/** What was streamed; null while there is more to come. */
function streamOf(bytes: Buffer): Buffer | null {
  const command = 'zINSTREAM\0';
  if (bytes.length >= command.length && bytes.toString('latin1', 0, command.length) !== command) throw new Error('no INSTREAM');
  const chunks: Buffer[] = [];
  for (let at = command.length; at + 4 <= bytes.length;) {
    const length = bytes.readUInt32BE(at);
    if (length === 0) return Buffer.concat(chunks);
    chunks.push(bytes.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return null;
}
