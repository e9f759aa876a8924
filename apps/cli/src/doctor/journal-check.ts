import { opendir, statfs } from 'node:fs/promises';
import type { Check, Finding } from './check';

/** Looking at more files would keep an operator waiting. */
const MOST_COUNTED = 200_000;
const MIB = 1_048_576;
/** Without room egress notes nothing, and so sends nothing. A journal entry has some kilobytes. */
const LEAST_MIB = 256;
const FEW_MIB = 1_024;

/** What the volume of egress's journal holds and has left; in MiB. */
export interface JournalRoom {
  files: number;
  freeMib: number;
}

/** The journal has room. It is on egress's own volume: elsewhere the check is skipped. */
export function journalCheck(folder: string | undefined): Check {
  return { name: 'egress journal', run: () => examineJournal(folder) };
}

async function examineJournal(folder: string | undefined): Promise<Finding> {
  if (folder === undefined) return { state: 'skip', detail: 'PIAOYAN_EGRESS_JOURNAL_DIR is not set: run doctor where egress runs' };
  try {
    const { bavail, bsize } = await statfs(folder);
    let files = 0;
    const entries = await opendir(folder, { recursive: true });
    for await (const entry of entries) {
      if (entry.isFile()) files += 1;
      if (files >= MOST_COUNTED) break;
    }
    return judgeJournal({ files, freeMib: Math.floor((bavail * bsize) / MIB) });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unreadable';
    return { state: 'fail', detail: `${folder}: ${code}`, advice: 'look at the volume, its mount, and who may read it' };
  }
}

export function judgeJournal({ files, freeMib }: JournalRoom): Finding {
  const detail = `${files >= MOST_COUNTED ? 'at least ' : ''}${files} files, ${freeMib} MiB are free`;
  const advice = 'enlarge the volume, or let replies go sooner (PIAOYAN_EGRESS_REPLY_DAYS): without room nothing is sent';
  if (freeMib < LEAST_MIB) return { state: 'fail', detail, advice };
  return freeMib < FEW_MIB ? { state: 'warn', detail, advice } : { state: 'ok', detail };
}
