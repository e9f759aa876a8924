import type { EmbeddedPostgres } from '../postgres/embedded-postgres';
import type { ManagedProcess } from '../process/managed-process';
import type { ProcessError } from '../process/process.error';
import type { StackDatabase } from './stack-database';
import type { StackFolders } from './stack-folders';
import type { StackLock } from './stack-lock';
import { STACK_PROCESSES, type StackPorts, type StackProcessName } from './stack-settings';

/** How long a process may finish what it has begun when it is asked to stop. */
const STOP_TIMEOUT_MS = 15_000;

export interface StackParts {
  processes: ReadonlyMap<StackProcessName, ManagedProcess>;
  server: EmbeddedPostgres | null;
  database: StackDatabase;
  folders: StackFolders;
  ports: StackPorts;
  hashKey: string;
  masterKey: string;
  lock: StackLock;
}

/** A running stack: every process of Piaoyan, each by itself, on one machine. */
export class Stack {
  readonly database: StackDatabase;
  readonly folders: StackFolders;
  readonly hashKey: string;
  readonly masterKey: string;
  readonly urls: { api: string; egress: string; sandbox: string; workerHealth: string; egressHealth: string };

  constructor(private readonly parts: StackParts) {
    const { ports } = parts;
    this.database = parts.database;
    this.folders = parts.folders;
    this.hashKey = parts.hashKey;
    this.masterKey = parts.masterKey;
    this.urls = {
      api: `http://127.0.0.1:${ports.api}`,
      egress: `https://127.0.0.1:${ports.egress}`,
      sandbox: `http://127.0.0.1:${ports.sandbox}`,
      workerHealth: `http://127.0.0.1:${ports.worker}`,
      egressHealth: `http://127.0.0.1:${ports.egressHealth}`,
    };
  }

  /** One process, to be killed, restarted or asked for its process id. */
  process(name: StackProcessName): ManagedProcess {
    const found = this.parts.processes.get(name);
    if (!found) throw new Error(`the stack has no process ${name}`);
    return found;
  }

  /** Calls back when a process ends that nobody asked to. */
  onDeath(listener: (error: ProcessError) => void): void {
    for (const process of this.parts.processes.values()) process.onDeath(listener);
  }

  /** Stops the processes, the ones that take work first, then PostgreSQL. Safe after any of them died. */
  async stop(): Promise<void> {
    for (const name of STACK_PROCESSES.toReversed()) await this.parts.processes.get(name)?.stop(STOP_TIMEOUT_MS);
    await this.parts.server?.stop();
    await this.parts.lock.release();
  }
}
