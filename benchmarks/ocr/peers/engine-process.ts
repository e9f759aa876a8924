import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { parseMessage, peakRssMiB, type BatchAnswer, type BatchRequest } from './protocol';
import type { EngineMessage, PageAnswer, PageRequest } from './protocol';

/** How an engine's process is started. */
export interface EngineCommand {
  name: string;
  command: string;
  args: string[];
}

/** One engine in a process of its own, so that its memory and core time are its own too. It is asked one thing at a time. */
export class EngineProcess {
  private detailText = '';

  private constructor(
    readonly name: string,
    private readonly child: ChildProcessByStdio<Writable, Readable, null>,
    private readonly lines: AsyncIterator<string>,
  ) {}

  /** Resolves once the engine has loaded its models. */
  static async start({ name, command, args }: EngineCommand): Promise<EngineProcess> {
    const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    await once(child, 'spawn');
    // A broken pipe shows as the end of the answers, which names the engine.
    child.stdin.on('error', () => undefined);
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const engine = new EngineProcess(name, child, lines);
    try {
      const message = await engine.hear();
      if (message.type !== 'ready') throw new Error(`${name} answered "${message.type}" before it was ready`);
      engine.detailText = message.detail;
      return engine;
    } catch (error) {
      child.kill();
      throw error;
    }
  }

  /** Versions of what runs, in the engine's own words. */
  get detail(): string {
    return this.detailText;
  }

  async read(request: PageRequest): Promise<PageAnswer> {
    const message = await this.ask(request);
    if (message.type === 'page') return message;
    throw new Error(`${this.name} did not read ${request.file}: ${whyNot(message)}`);
  }

  /** Only for an engine that can have several pages in hand. */
  async readBatch(request: BatchRequest): Promise<BatchAnswer> {
    const message = await this.ask(request);
    if (message.type === 'batch') return message;
    throw new Error(`${this.name} did not read ${request.files.join(', ')}: ${whyNot(message)}`);
  }

  /** Peak resident memory so far; undefined where there is no /proc. */
  peakRssMiB(): number | undefined {
    try {
      return peakRssMiB(readFileSync(`/proc/${String(this.child.pid)}/status`, 'utf8'));
    } catch {
      return undefined;
    }
  }

  /** Ends the process: it leaves when its input does. */
  async close(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const exited = once(this.child, 'exit');
    this.child.stdin.end();
    await exited;
  }

  private ask(request: PageRequest | BatchRequest): Promise<EngineMessage> {
    this.child.stdin.write(`${JSON.stringify(request)}\n`);
    return this.hear();
  }

  private async hear(): Promise<EngineMessage> {
    const next = await this.lines.next();
    if (next.done === true) throw new Error(`${this.name} ended without an answer`);
    return parseMessage(next.value);
  }
}

function whyNot(message: EngineMessage): string {
  return message.type === 'failed' ? message.message : message.type;
}
