import { readdir, readFile, readlink } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

const PAUSE_MS = 500;
const TABLES = ['tcp', 'tcp6', 'udp', 'udp6'] as const;
/** 127.0.0.1, ::1, 127.0.0.1 within IPv6, and nobody, as the kernel writes them. */
const INSIDE = /^(0100007F|0{24}01000000|0{16}FFFF00000100007F|0+)$/;

/**
 * A second witness beside the recorders: the kernel's own list of the processes' sockets, looked at twice a second, so that native code
 * that goes past Node.js is seen, too. All that a campaign talks to is on this machine; an address that is not is a stray.
 */
export class KernelSockets {
  readonly strays = new Set<string>();
  /** How often a process's sockets were looked at; 0 where there is no such list. */
  looks = 0;
  private readonly ended = new AbortController();
  private readonly work: Promise<void>;

  constructor(private readonly processes: readonly { name: string; pid: number }[]) {
    this.work = this.run();
  }

  async end(): Promise<void> {
    this.ended.abort();
    await this.work;
  }

  private async run(): Promise<void> {
    while (!this.ended.signal.aborted) {
      for (const { name, pid } of this.processes) await this.look(name, pid);
      await delay(PAUSE_MS, undefined, { signal: this.ended.signal }).catch(() => undefined);
    }
  }

  private async look(name: string, pid: number): Promise<void> {
    try {
      const own = await socketsOf(pid);
      for (const table of TABLES) {
        for (const remote of foreignIn(await readFile(`/proc/${pid}/net/${table}`, 'latin1'), own))
          this.strays.add(`${name}: ${table} to ${remote}`);
      }
      this.looks += 1;
    } catch {
      // It has just been killed, or this is not Linux.
    }
  }
}

/** The inodes of a process's sockets. */
async function socketsOf(pid: number): Promise<Set<string>> {
  const links = (await readdir(`/proc/${pid}/fd`)).map((fd) => readlink(`/proc/${pid}/fd/${fd}`).catch(() => ''));
  return new Set((await Promise.all(links)).flatMap((link) => /^socket:\[(\d+)\]$/.exec(link)?.slice(1) ?? []));
}

/** The remote addresses in one of the kernel's tables that are not on this machine, of sockets with these inodes. */
export function foreignIn(table: string, own: ReadonlySet<string>): string[] {
  const rows = table.split('\n').slice(1);
  return rows.flatMap((row) => {
    const columns = row.trim().split(/\s+/);
    const [remote = '', inode = ''] = [columns[2], columns[9]];
    return own.has(inode) && !INSIDE.test(remote.split(':', 1).join('')) ? [remote] : [];
  });
}
