import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** One request as it came off the wire, request line and headers included. */
export interface RecordedRequest {
  number: number;
  receivedAt: string;
  /** False when the caller went away before the request was whole. */
  isComplete: boolean;
  raw: Buffer;
}

/** Keeps every request to the providers, byte for byte, so that it can be shown what left the gateway and that nothing else did. */
export class RequestRecord {
  private constructor(
    private readonly directory: string | null,
    private readonly requests: RecordedRequest[],
    private nextNumber: number,
    /** False for measurements with very many calls: then requests are numbered and not kept. */
    readonly isKept: boolean,
  ) {}

  /** Opens the record of a folder, or one in memory. */
  static async open(parent: string | undefined, isKept = true): Promise<RequestRecord> {
    if (parent === undefined || !isKept) return new RequestRecord(null, [], 1, isKept);
    const directory = join(parent, 'requests');
    await mkdir(directory, { recursive: true });
    const names = (await readdir(directory)).filter((name) => /^\d+\.http$/.test(name)).sort();
    const requests = await Promise.all(names.map((name) => readRecorded(directory, name)));
    return new RequestRecord(directory, requests, (requests.at(-1)?.number ?? 0) + 1, isKept);
  }

  get all(): readonly RecordedRequest[] {
    return this.requests;
  }

  /** Keeps a request and gives its number. */
  async add(raw: Buffer, isComplete: boolean): Promise<number> {
    const number = this.nextNumber++;
    if (!this.isKept) return number;
    this.requests.push({ number, receivedAt: new Date().toISOString(), isComplete, raw });
    if (this.directory !== null) await writeFile(join(this.directory, fileName(number)), raw);
    return number;
  }
}

const fileName = (number: number): string => `${String(number).padStart(6, '0')}.http`;

async function readRecorded(directory: string, name: string): Promise<RecordedRequest> {
  return { number: Number.parseInt(name, 10), receivedAt: '', isComplete: true, raw: await readFile(join(directory, name)) };
}
