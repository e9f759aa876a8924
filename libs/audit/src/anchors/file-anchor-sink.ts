import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { type Anchor, anchorLine } from './anchor';
import { anchorFileName } from './anchor-file-name';
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
    const path = join(this.folder, anchorFileName(this.now()));
    const file = await open(path, 'wx', 0o444);
    try {
      await file.writeFile(anchors.map((anchor) => `${anchorLine(anchor)}\n`).join(''));
      await file.sync();
    } finally {
      await file.close();
    }
    await synced(this.folder);
  }
}

/** The name of a new file is safe only when its folder is. */
async function synced(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
