import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { parseMessage, peakRssMiB, type EngineMessage, type PageAnswer, type PageRequest } from './protocol';

/** How an engine's process is started. */
export interface EngineCommand {
  name: string;
  command: string;
  args: string[];
}

/** One engine in a process of its own, so that its memory and core time are its own too. It reads one page at a time. */
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
    this.child.stdin.write(`${JSON.stringify(request)}\n`);
    const message = await this.hear();
    if (message.type === 'page') return message;
    throw new Error(`${this.name} did not read ${request.file}: ${message.type === 'failed' ? message.message : message.type}`);
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

  private async hear(): Promise<EngineMessage> {
    const next = await this.lines.next();
    if (next.done === true) throw new Error(`${this.name} ended without an answer`);
    return parseMessage(next.value);
  }
}
