import { deflateSync, gzipSync } from 'node:zlib';
import type { Canary } from './canary';
import { ENCODINGS } from './encodings';
import type { Exit } from './exits';
import { DOCUMENT_WINDOW_BYTES, type UploadedBytes } from './searcher';

/** A message of an exit with something in it that must not be there: the search has to find it. */
export interface Plant {
  exit: string;
  encoding: string;
  text: string;
  bytes: Buffer;
}

const MESSAGE_BYTES = 4_096;

/** Plants a canary into each exit in each encoding, and windows of documents as bytes and as text. */
export function plantsIn(exits: readonly Exit[], canaries: readonly Canary[], documents: readonly UploadedBytes[]): Plant[] {
  const long = canaries.filter(({ isWord }) => !isWord);
  const words = canaries.filter(({ isWord }) => isWord);
  return exits.flatMap((exit, number) => {
    const message = (exit.blobs[0] ?? Buffer.from('{}')).subarray(0, MESSAGE_BYTES);
    const plant = (encoding: string, text: string, bytes: Buffer): Plant => ({
      exit: exit.name,
      encoding,
      text,
      bytes: planted(message, bytes),
    });
    const plants = ENCODINGS.map(({ name, encode }, at) => {
      const { text } = long[(number * 31 + at * 7) % long.length] ?? { text: '' };
      return plant(name, text, encode(text));
    });
    const { text = '' } = long[number % long.length] ?? {};
    const inJson = Buffer.from(JSON.stringify({ note: text, more: 'x'.repeat(40) }));
    plants.push(plant('gzip', text, gzipSync(inJson)), plant('deflate', text, deflateSync(inJson)));
    plants.push(plant('base64 of gzip', text, Buffer.from(gzipSync(inJson).toString('base64'))));
    for (const word of words.slice(number, number + 1)) plants.push(plant('word', word.text, Buffer.from(` ${word.text},`)));
    const document = documents[number % documents.length];
    if (document !== undefined)
      plants.push(...windowsOf(document, number).map(([encoding, bytes]) => plant(encoding, document.name, bytes)));
    return plants;
  });
}

/** Fewer different bytes in a window say nothing of a document. */
const MIN_DIFFERENT_BYTES = 10;

/** 24 bytes of a document's middle, at no particular place but not of a white margin. */
function windowsOf({ bytes }: UploadedBytes, shift: number): [string, Buffer][] {
  let from = Math.floor(bytes.length / 2) + shift;
  while (from > 0 && new Set(bytes.subarray(from, from + DOCUMENT_WINDOW_BYTES)).size < MIN_DIFFERENT_BYTES) from -= 1;
  const window = bytes.subarray(from, from + DOCUMENT_WINDOW_BYTES);
  return [
    ['bytes of a document', window],
    ['base64 of bytes of a document', Buffer.from(window.toString('base64'))],
    ['hexadecimal of bytes of a document', Buffer.from(window.toString('hex'))],
  ];
}

/** In the middle of a message, between two quotation marks. */
function planted(message: Buffer, bytes: Buffer): Buffer {
  const middle = Math.floor(message.length / 2);
  return Buffer.concat([message.subarray(0, middle), Buffer.from('"'), bytes, Buffer.from('"'), message.subarray(middle)]);
}
