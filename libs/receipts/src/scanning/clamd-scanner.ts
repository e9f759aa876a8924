import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { MalwareScanner, ScannerUnavailableError } from './malware-scanner';
import { isOwnZone } from './own-zone';

/** Where clamd listens: a socket of this machine, or a host of the own zone. */
export type ClamdAddress = { path: string } | { host: string; port: number };

const CONNECT_MS = 5_000;
const MAX_REPLY_BYTES = 4_096;
const MAX_NAME_LENGTH = 100;

/**
 * Asks clamd by INSTREAM: `zINSTREAM\0`, then each chunk behind its length in four bytes, then a length of zero; the answer ends with NUL
 * (clamd(8), "COMMANDS"). Only `stream: OK` is clean; an error, a limit of clamd's, silence and anything unknown are no verdict.
 */
export class ClamdScanner extends MalwareScanner {
  readonly isOn = true;

  constructor(
    private readonly address: ClamdAddress,
    private readonly deadlineMs = 60_000,
  ) {
    super();
  }

  async scan(bytes: Readable): Promise<string | null> {
    const source = new WatchedSource(bytes);
    let socket: Socket | undefined;
    try {
      socket = await this.connected();
      const signal = AbortSignal.timeout(this.deadlineMs);
      const reply = replyOf(socket, signal);
      // Clamd answers early when the stream is too long for it: then what is left to send matters no more.
      const sending = pipeline(Readable.from(source.framed()), socket, { end: false, signal });
      await Promise.race([sending, reply]);
      sending.catch(() => undefined);
      const verdict = verdictOf(await reply);
      // Who says that all is well before all was sent has not looked at all of it.
      if (verdict === null && !source.isComplete) throw new ScannerUnavailableError('the reply came before the end of the stream');
      return verdict;
    } catch (error) {
      if (source.failure !== undefined) throw source.failure as Error;
      throw error instanceof ScannerUnavailableError ? error : new ScannerUnavailableError('the scanner gave no verdict', error);
    } finally {
      socket?.destroy();
      bytes.destroy();
    }
  }

  private async connected(): Promise<Socket> {
    const target = 'path' in this.address ? this.address : await inOwnZone(this.address);
    const socket = connect(target);
    try {
      await once(socket, 'connect', { signal: AbortSignal.timeout(CONNECT_MS) });
    } catch (error) {
      socket.destroy();
      throw error;
    }
    return socket;
  }
}

/** The address that the name has now, which is the one that is connected to. @throws ScannerUnavailableError for one elsewhere */
async function inOwnZone({ host, port }: { host: string; port: number }): Promise<{ host: string; port: number }> {
  const { address } = await lookup(host);
  if (!isOwnZone(address)) throw new ScannerUnavailableError('the scanner is not in the own zone: no original is sent there');
  return { host: address, port };
}

/** The bytes in frames, and what stopped their reading, which is not the scanner's failure. */
class WatchedSource {
  failure: unknown;
  /** Whether all of it was handed over. */
  isComplete = false;

  constructor(private readonly bytes: Readable) {
    // The store may fail while clamd is being reached, and an error that nobody hears ends the process.
    bytes.on('error', (error) => (this.failure ??= error));
  }

  async *framed(): AsyncGenerator<Buffer> {
    yield Buffer.from('zINSTREAM\0');
    const chunks = (this.bytes as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
    for (;;) {
      const next = await chunks.next().catch((error: unknown) => {
        this.failure ??= error;
        throw error;
      });
      if (next.done === true) break;
      if (next.value.length === 0) continue;
      yield lengthOf(next.value.length);
      yield next.value;
    }
    this.isComplete = true;
    yield lengthOf(0);
  }
}

function lengthOf(length: number): Buffer {
  const frame = Buffer.alloc(4);
  frame.writeUInt32BE(length);
  return frame;
}

/** What clamd says, without the NUL at its end. */
function replyOf(socket: Socket, signal: AbortSignal): Promise<string> {
  const reply = new Promise<string>((resolve, reject) => {
    let text = '';
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
      if (text.includes('\0')) resolve(text.slice(0, text.indexOf('\0')));
      else if (text.length > MAX_REPLY_BYTES) reject(new Error('the reply is too long'));
    });
    socket.on('error', reject);
    socket.on('close', () => reject(new Error('the connection ended without a reply')));
    signal.addEventListener('abort', () => reject(new Error('no reply in time')));
  });
  // Awaited only when all is sent; until then nobody hears it fail.
  reply.catch(() => undefined);
  return reply;
}

/** The name of what was found, in letters that may stand in the audit; null for a clean stream. */
function verdictOf(reply: string): string | null {
  if (reply === 'stream: OK') return null;
  const found = /^stream: (.+) FOUND$/.exec(reply)?.[1];
  if (found === undefined) throw new ScannerUnavailableError('the reply is no verdict');
  return found.replace(/[^\w.:/()-]/g, '_').slice(0, MAX_NAME_LENGTH);
}
