import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { PlacedAnchor } from '../proof/known-anchors';
import { linesOf } from '../proof/lines-of';
import { Anchor, anchorLine } from './anchor';

/** A file of anchors holds something that is none. */
export class AnchorFileError extends Error {
  constructor(path: string, line: number, what = 'this is no anchor as they are written: the file was changed') {
    super(`${path}, line ${line}: ${what}`);
    this.name = 'AnchorFileError';
  }
}

/** A log that should hold anchors has none: they were taken out, or it is another log. */
export class NoAnchorsError extends Error {
  constructor(path: string) {
    super(`${path} holds no anchor`);
    this.name = 'NoAnchorsError';
  }
}

const MAX_ANCHORS = 1_000_000;
/** How each begins, and how it does inside a text of JSON, where quotes are escaped. */
const BEGINNING = '{"type":"anchor",';
const ESCAPED_BEGINNING = String.raw`{\"type\":\"anchor\",`;

/**
 * The anchors of a file, or of each `.jsonl` file in a folder: what the appliance wrote, or objects fetched from a bucket. A last line that
 * was cut off while it was written is no anchor yet.
 * @throws AnchorFileError
 */
export async function readAnchors(path: string): Promise<PlacedAnchor[]> {
  if (!(await stat(path)).isDirectory()) return anchorsOf(path, (text, isEnded, line) => written(path, text, isEnded, line));
  const names = (await readdir(path)).filter((name) => name.endsWith('.jsonl')).sort();
  const anchors: PlacedAnchor[] = [];
  for (const name of names) {
    const file = join(path, name);
    for (const one of await anchorsOf(file, (text, isEnded, line) => written(file, text, isEnded, line))) anchors.push(one);
  }
  return anchors;
}

/**
 * The anchors in a log as a syslog server or a SIEM stored it: behind whatever it put before the message, or inside a text of JSON. Lines
 * without an anchor are passed over.
 * @throws AnchorFileError for an anchor that was cut or changed
 * @throws NoAnchorsError
 */
export async function readAnchorLog(path: string): Promise<PlacedAnchor[]> {
  const anchors = await anchorsOf(path, (text, _isEnded, line) => logged(path, text, line));
  if (anchors.length === 0) throw new NoAnchorsError(path);
  return anchors;
}

async function anchorsOf(path: string, read: (text: string, isEnded: boolean, line: number) => Anchor | null): Promise<PlacedAnchor[]> {
  const anchors: PlacedAnchor[] = [];
  let line = 0;
  for await (const lines of linesOf(createReadStream(path))) {
    for (const { text, isEnded } of lines) {
      line += 1;
      const anchor = read(text.replace(/\r$/, ''), isEnded, line);
      if (anchor !== null) anchors.push({ anchor, line });
      if (anchors.length > MAX_ANCHORS) throw new RangeError(`${path} holds more than ${MAX_ANCHORS} anchors`);
    }
  }
  return anchors;
}

function written(path: string, text: string, isEnded: boolean, line: number): Anchor | null {
  if (text === '') return null;
  const anchor = anchorOf(text);
  if (anchor === null && isEnded) throw new AnchorFileError(path, line);
  return anchor;
}

function logged(path: string, text: string, line: number): Anchor | null {
  const found = messageIn(text);
  if (found === null) return null;
  const anchor = anchorOf(found);
  if (anchor === null) throw new AnchorFileError(path, line, 'the anchor in this line was cut or changed');
  return anchor;
}

/** An anchor holds no object, so it ends at the first brace. */
function messageIn(text: string): string | null {
  const at = text.indexOf(BEGINNING);
  if (at >= 0) return text.slice(at, endOf(text, at));
  const escapedAt = text.indexOf(ESCAPED_BEGINNING);
  return escapedAt < 0 ? null : text.slice(escapedAt, endOf(text, escapedAt)).replaceAll('\\"', '"').replaceAll('\\/', '/');
}

function endOf(text: string, from: number): number {
  const end = text.indexOf('}', from);
  return end < 0 ? text.length : end + 1;
}

function anchorOf(text: string): Anchor | null {
  try {
    const anchor = Anchor.parse(JSON.parse(text));
    return anchorLine(anchor) === text ? anchor : null;
  } catch {
    return null;
  }
}
