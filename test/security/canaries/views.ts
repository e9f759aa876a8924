import { constants, inflateRawSync, inflateSync } from 'node:zlib';

/** Bytes as they were recorded, or as what they hold reads once it is opened; `through` says how it was. */
export interface View {
  through: string;
  bytes: Buffer;
}

const MAX_DEPTH = 3;
/** Shorter runs hold no canary. */
const MIN_RUN = 16;
const MAX_INFLATED_BYTES = 16_777_216;
const OPTIONS = { maxOutputLength: MAX_INFLATED_BYTES, finishFlush: constants.Z_SYNC_FLUSH } as const;
const ZIP_LOCAL_HEADER = 0x04034b50;

/** The bytes themselves, and everything that is found in them when compressed, base64 and hexadecimal parts are opened, three deep. */
export function* views(bytes: Buffer, through = '', depth = MAX_DEPTH): Generator<View> {
  yield { through, bytes };
  if (depth === 0) return;
  for (const [how, opened] of openedIn(bytes)) yield* views(opened, through === '' ? how : `${through}, ${how}`, depth - 1);
}

function* openedIn(bytes: Buffer): Generator<[string, Buffer]> {
  yield* inflatedIn(bytes);
  const text = bytes.toString('latin1');
  for (const [run] of text.matchAll(/[A-Za-z0-9+/_-]{16,}={0,2}/g)) yield* decodedFrom(run);
}

function* decodedFrom(run: string): Generator<[string, Buffer]> {
  if (/^[0-9A-Fa-f]+$/.test(run)) {
    for (const from of [0, 1]) yield ['hexadecimal', Buffer.from(run.slice(from), 'hex')];
  }
  // What was encoded may begin at any character of the run, which may have letters of something else before it.
  for (const from of [0, 1, 2, 3]) {
    const decoded = Buffer.from(run.slice(from), 'base64');
    if (decoded.length >= MIN_RUN / 2) yield ['base64', decoded];
  }
}

/** What begins as gzip, zlib or a ZIP's entry does, wherever it stands. Chance begins so too, and then does not inflate. */
function* inflatedIn(bytes: Buffer): Generator<[string, Buffer]> {
  for (let at = bytes.indexOf(0x1f); at >= 0; at = bytes.indexOf(0x1f, at + 1)) {
    if (bytes[at + 1] === 0x8b) yield* opened('gzip', () => inflateRawSync(bytes.subarray(behindGzipHeader(bytes, at)), OPTIONS));
  }
  for (let at = bytes.indexOf(0x78); at >= 0; at = bytes.indexOf(0x78, at + 1)) {
    if (bytes.length > at + 1 && bytes.readUInt16BE(at) % 31 === 0)
      yield* opened('deflate', () => inflateSync(bytes.subarray(at), OPTIONS));
  }
  for (let at = bytes.indexOf('PK\x03\x04'); at >= 0; at = bytes.indexOf('PK\x03\x04', at + 4)) {
    if (bytes.length < at + 30 || bytes.readUInt32LE(at) !== ZIP_LOCAL_HEADER) continue;
    const from = at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28);
    yield* opened('ZIP', () => inflateRawSync(bytes.subarray(from), OPTIONS));
  }
}

/** Where the compressed bytes of a gzip member begin. Node's own reader refuses a member with something else behind it. */
function behindGzipHeader(bytes: Buffer, at: number): number {
  const flags = bytes[at + 3] ?? 0;
  let from = at + 10;
  if (flags & 4) from += 2 + bytes.readUInt16LE(from);
  for (const flag of [8, 16]) if (flags & flag) from = bytes.indexOf(0, from) + 1;
  return flags & 2 ? from + 2 : from;
}

function* opened(how: string, inflate: () => Buffer): Generator<[string, Buffer]> {
  try {
    const inflated = inflate();
    if (inflated.length > 0) yield [how, inflated];
  } catch {
    // No such stream begins here.
  }
}
