import { createHash } from 'node:crypto';
import { PassThrough, Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { ZipWriter } from '../archive/zip-writer';

/** Of one part; what comes further is in the next. A part is made, sealed and opened in memory. */
const PART_BYTES = 32 * 1024 * 1024;

/** One file of a part. */
export interface ExportedFile {
  name: string;
  bytes: Buffer;
  /** Packed already, such as an image: stored as it is. */
  isPacked?: boolean;
}

/** Collects files into ZIP archives of bounded size, each with a `manifest.json` that has the SHA-256 of each of its files. */
export class ExportParts {
  private files: ExportedFile[] = [];
  private bytes = 0;
  private number = 0;

  /** `put` keeps a finished part, `number` from 1; `facts` stand in each manifest. */
  constructor(
    private readonly facts: object,
    private readonly put: (number: number, zip: Readable) => Promise<void>,
  ) {}

  async add(file: ExportedFile): Promise<void> {
    this.files.push(file);
    this.bytes += file.bytes.length;
    if (this.bytes >= PART_BYTES) await this.flush();
  }

  /** Ends the export, with what was not handed out and why: at least one part says so. */
  async finish(withheld: readonly { record: string; reason: string }[]): Promise<void> {
    await this.add({ name: 'withheld.json', bytes: Buffer.from(JSON.stringify(withheld, null, 2)) });
    if (this.files.length > 0) await this.flush();
  }

  private async flush(): Promise<void> {
    this.number += 1;
    const files = this.files.map(({ name, bytes }) => {
      return { name, byteSize: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
    });
    const manifest = Buffer.from(JSON.stringify({ ...this.facts, part: this.number, files }, null, 2));
    await this.put(this.number, Readable.from([await zipOf([...this.files, { name: 'manifest.json', bytes: manifest }])]));
    this.files = [];
    this.bytes = 0;
  }
}

/** The files as one ZIP archive, in memory. */
export async function zipOf(files: readonly ExportedFile[]): Promise<Buffer> {
  const out = new PassThrough();
  const zip = buffer(out);
  const writer = new ZipWriter(out);
  for (const { name, bytes, isPacked } of files) await writer.add(name, bytes, { isPacked: isPacked ?? false });
  await writer.finish();
  out.end();
  return zip;
}
