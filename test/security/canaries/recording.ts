import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const Entry = z.discriminatedUnion('type', [
  z.object({ type: z.literal('start') }),
  z.object({ type: z.literal('connect'), connection: z.number(), target: z.string() }),
  z.object({ type: z.literal('sent'), connection: z.number(), base64: z.string() }),
  z.object({ type: z.literal('lookup'), name: z.string() }),
  z.object({ type: z.literal('datagram'), target: z.string() }),
  z.object({ type: z.literal('program'), name: z.string() }),
]);

/** A connection that a process opened, and all it sent on it. */
export interface RecordedConnection {
  process: string;
  target: string;
  sent: Buffer;
}

/** What the recorders in the processes wrote down. */
export interface Recording {
  /** How many processes and threads were recorded. */
  recorders: number;
  connections: RecordedConnection[];
  lookups: { process: string; name: string }[];
  /** Datagrams and programs: none is expected. */
  others: { process: string; what: string }[];
}

/** Reads a folder of records; the files are named after the process: `<process>-<pid>-<thread>.jsonl`. */
export async function readRecording(folder: string): Promise<Recording> {
  const recording: Recording = { recorders: 0, connections: [], lookups: [], others: [] };
  for (const name of (await readdir(folder)).sort())
    addRecord(recording, name.split('-')[0] ?? '', await readFile(join(folder, name), 'utf8'));
  return recording;
}

function addRecord(recording: Recording, process: string, text: string): void {
  const open = new Map<number, { target: string; parts: Buffer[] }>();
  recording.recorders += 1;
  for (const entry of entriesOf(text)) {
    switch (entry.type) {
      case 'start':
        break;
      case 'connect':
        open.set(entry.connection, { target: entry.target, parts: [] });
        break;
      case 'sent':
        open.get(entry.connection)?.parts.push(Buffer.from(entry.base64, 'base64'));
        break;
      case 'lookup':
        recording.lookups.push({ process, name: entry.name });
        break;
      case 'datagram':
        recording.others.push({ process, what: `datagram to ${entry.target}` });
        break;
      case 'program':
        recording.others.push({ process, what: entry.name });
    }
  }
  for (const { target, parts } of open.values()) recording.connections.push({ process, target, sent: Buffer.concat(parts) });
}

/** A line that a killed process did not finish is the last one, and what it tells was not sent. */
function entriesOf(text: string): z.infer<typeof Entry>[] {
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => Entry.parse(JSON.parse(line)));
}
