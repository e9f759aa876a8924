import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { fileTail } from './file-tail';
import { ProcessError } from './process.error';

/** How to start one process and how to tell that it is ready. */
export interface ProcessSpec {
  name: string;
  /** Arguments of the Node.js that runs this very code. */
  args: string[];
  cwd: string;
  env: Record<string, string>;
  /** Answers 200 when the process can work. */
  readyUrl: string;
  /** Receives stdout and stderr; a restart appends. */
  logFile: string;
}

/** How a process ended: its exit code, or the signal that ended it. */
export type Ending = number | NodeJS.Signals;

const POLL_MS = 50;
const PROBE_TIMEOUT_MS = 2_000;

/** One process of ours, from its start to its end. It is only ever signalled by its own process id. */
export class ManagedProcess {
  private child: ChildProcess;
  private ending: Promise<Ending>;
  private isStopping = false;
  private readonly deathListeners: ((error: ProcessError) => void)[] = [];

  constructor(private readonly spec: ProcessSpec) {
    [this.child, this.ending] = this.launch();
  }

  get name(): string {
    return this.spec.name;
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  get isRunning(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  get logFile(): string {
    return this.spec.logFile;
  }

  /** Resolves when the process has ended, however it did. */
  get exited(): Promise<Ending> {
    return this.ending;
  }

  /** Calls back when the process ends without having been asked to by `stop`, `kill` or `restart`. */
  onDeath(listener: (error: ProcessError) => void): void {
    this.deathListeners.push(listener);
  }

  /** Waits until the process answers that it is ready; fails at once when it dies, and at the deadline. */
  async becomesReady(timeoutMs: number): Promise<void> {
    const deadline = Date.now() + timeoutMs;
    while (this.isRunning) {
      const answer = await probe(this.spec.readyUrl);
      if (answer === 'ready') return;
      if (Date.now() > deadline) throw await this.failure(`was not ready after ${timeoutMs} ms (${this.spec.readyUrl}: ${answer})`);
      await Promise.race([delay(POLL_MS), this.ending]);
    }
    throw await this.failure(`ended with ${String(await this.ending)} before it was ready`);
  }

  /** Asks the process to end, and ends it by force when it has not within the deadline. Answers how it ended. */
  async stop(timeoutMs: number): Promise<Ending> {
    this.isStopping = true;
    if (this.isRunning) this.child.kill('SIGTERM');
    const timer = setTimeout(() => this.child.kill('SIGKILL'), timeoutMs);
    const ending = await this.ending;
    clearTimeout(timer);
    return ending;
  }

  /** Ends the process without a chance to clean up, as a power cut would. */
  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<Ending> {
    this.isStopping = true;
    if (this.isRunning) this.child.kill(signal);
    return this.ending;
  }

  /** Starts the process again, after it ended or by stopping it first, and waits until it is ready. */
  async restart(timeoutMs: number): Promise<void> {
    if (this.isRunning) await this.stop(timeoutMs);
    this.isStopping = false;
    [this.child, this.ending] = this.launch();
    await this.becomesReady(timeoutMs);
  }

  private launch(): [ChildProcess, Promise<Ending>] {
    const log = openSync(this.spec.logFile, 'a');
    // Its own process group: a Ctrl-C in the terminal reaches the supervisor alone, which then stops the processes in order.
    const child = spawn(process.execPath, this.spec.args, {
      cwd: this.spec.cwd,
      env: this.spec.env,
      detached: true,
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    const ending = new Promise<Ending>((resolve) => {
      child.once('error', () => resolve(127));
      child.once('exit', (code, signal) => resolve(code ?? signal ?? 0));
    });
    const killAtExit = () => child.kill('SIGKILL');
    process.once('exit', killAtExit);
    void ending.then((how) => {
      process.removeListener('exit', killAtExit);
      if (!this.isStopping) void this.reportDeath(how);
    });
    return [child, ending];
  }

  private async reportDeath(how: Ending): Promise<void> {
    const error = await this.failure(`ended with ${how}`);
    for (const listener of this.deathListeners) listener(error);
  }

  private async failure(what: string): Promise<ProcessError> {
    return new ProcessError(`${this.name} ${what}; the end of ${this.logFile}:\n${await fileTail(this.logFile)}`);
  }
}

/** `ready`, or in words what was found instead. */
async function probe(url: string): Promise<string> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(PROBE_TIMEOUT_MS) });
    const body = await response.text();
    return response.ok ? 'ready' : `${response.status} ${body.slice(0, 200)}`;
  } catch (error) {
    return error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
  }
}
