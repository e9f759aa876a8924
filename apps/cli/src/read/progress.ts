import type { WriteStream } from 'node:tty';

/**
 * A line of progress that never mixes with the results: it goes to standard error, and only on a terminal. An archive counts as one file until
 * more of its documents are done.
 */
export interface Progress {
  advance(file: string): void;
  clear(): void;
}

const BAR_WIDTH = 24;

export function createProgress(stream: WriteStream, total: number): Progress {
  if (!stream.isTTY || total < 2) return { advance: () => undefined, clear: () => undefined };
  let done = 0;
  return {
    advance(file) {
      done += 1;
      stream.write(`\r\u001b[2K${progressLine(done, Math.max(done, total), file)}`);
    },
    clear: () => void stream.write('\r\u001b[2K'),
  };
}

/** `[######------] 3/6 name` */
export function progressLine(done: number, total: number, file: string): string {
  const filled = Math.round((done / total) * BAR_WIDTH);
  return `[${'#'.repeat(filled)}${'-'.repeat(BAR_WIDTH - filled)}] ${done}/${total} ${file}`;
}
