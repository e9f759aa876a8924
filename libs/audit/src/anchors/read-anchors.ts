import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { PlacedAnchor } from '../proof/known-anchors';
import { Anchor, anchorLine } from './anchor';

/** A file of anchors holds something that is none. */
export class AnchorFileError extends Error {
  constructor(path: string, line: number) {
    super(`${path}, line ${line}: this is no anchor as they are written: the file was changed`);
    this.name = 'AnchorFileError';
  }
}

const MAX_FILE_BYTES = 64 * 1024 * 1024;

/** The anchors of a file, or of each `.jsonl` file in a folder. @throws AnchorFileError */
export async function readAnchors(path: string): Promise<PlacedAnchor[]> {
  if (!(await stat(path)).isDirectory()) return anchorsOf(path);
  const names = (await readdir(path)).filter((name) => name.endsWith('.jsonl')).sort();
  const anchors: PlacedAnchor[] = [];
  for (const name of names) anchors.push(...(await anchorsOf(join(path, name))));
  return anchors;
}

async function anchorsOf(path: string): Promise<PlacedAnchor[]> {
  if ((await stat(path)).size > MAX_FILE_BYTES) throw new RangeError(`${path} has more than ${MAX_FILE_BYTES} bytes`);
  const lines = (await readFile(path, 'utf8')).split('\n');
  return lines.flatMap((text, index) => (text === '' ? [] : [{ anchor: anchorOf(text, path, index + 1), line: index + 1 }]));
}

function anchorOf(text: string, path: string, line: number): Anchor {
  try {
    const anchor = Anchor.parse(JSON.parse(text));
    if (anchorLine(anchor) === text) return anchor;
  } catch {
    // Told below, with its place.
  }
  throw new AnchorFileError(path, line);
}
