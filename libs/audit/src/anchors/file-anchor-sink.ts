import { randomBytes } from 'node:crypto';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { type Anchor, anchorLine } from './anchor';
import type { AnchorSink } from './anchor-sink';

/**
 * A file of JSON lines for each writing, in a folder that may be write-once storage: a file is made, written, synced and never opened for
 * writing again, and a name that exists is never taken.
 */
export class FileAnchorSink implements AnchorSink {
  readonly name = 'file';

  constructor(
    private readonly folder: string,
    private readonly now: () => Date = () => new Date(),
  ) {}

  async write(anchors: readonly Anchor[]): Promise<void> {
    const time = this.now()
      .toISOString()
      .replace(/[-:]|\.\d+/g, '');
    const path = join(this.folder, `anchors-${time}-${randomBytes(4).toString('hex')}.jsonl`);
    const file = await open(path, 'wx', 0o444);
    try {
      await file.writeFile(anchors.map((anchor) => `${anchorLine(anchor)}\n`).join(''));
      await file.sync();
    } finally {
      await file.close();
    }
  }
}
