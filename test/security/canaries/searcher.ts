import { ByteIndex, KEY_BYTES } from './byte-index';
import type { Canary, CanaryKind } from './canary';
import { ENCODINGS } from './encodings';
import { views } from './views';

/** A canary, or a part of a document, where it was found. */
export interface Finding {
  kind: CanaryKind | 'documentBytes';
  /** The canary's text, or the document's name. */
  what: string;
  encoding: string;
  at: number;
}

/** A document that was uploaded: no run of its bytes may come out. */
export interface UploadedBytes {
  name: string;
  bytes: Buffer;
}

interface Pattern {
  canary: Canary;
  encoding: string;
  bytes: Buffer;
}

/** A run of so many bytes of a document counts as a part of it. */
export const DOCUMENT_WINDOW_BYTES = 24;
/** Each run of 24 bytes holds two blocks of eight that begin at a multiple of eight. */
const BLOCK_STRIDE = KEY_BYTES;
/** Blocks of one byte or two, such as a white margin's, say nothing; a run with any other block in it is found by that. */
const MIN_DIFFERENT_BYTES = 3;

/** Looks for all canaries in all encodings, and for all runs of all documents, in one pass over the bytes. */
export class Searcher {
  private readonly patterns = new ByteIndex();
  private readonly known: Pattern[] = [];
  private readonly words = new Map<string, Canary>();
  private readonly blocks = new ByteIndex();
  private readonly places: { document: UploadedBytes; at: number }[] = [];

  constructor(canaries: readonly Canary[], documents: readonly UploadedBytes[]) {
    for (const canary of canaries) this.addCanary(canary);
    for (const document of documents) this.addDocument(document);
  }

  /** How many byte strings are looked for. */
  get size(): { patterns: number; windows: number } {
    return { patterns: this.known.length + this.words.size, windows: this.places.length };
  }

  /** Everything that is found, in the bytes and in what is encoded or compressed in them. */
  search(bytes: Buffer): Finding[] {
    const findings = new Map<string, Finding>();
    for (const { bytes: seen, through } of views(bytes)) {
      for (const finding of [...this.canariesIn(seen), ...this.wordsIn(seen), ...this.partsIn(seen)]) {
        const encoding = through === '' ? finding.encoding : `${finding.encoding} in ${through}`;
        const key = `${finding.what} ${encoding}`;
        if (!findings.has(key)) findings.set(key, { ...finding, encoding });
      }
    }
    return [...findings.values()];
  }

  private addCanary(canary: Canary): void {
    if (canary.isWord) {
      this.words.set(canary.text, canary);
      return;
    }
    const seen = new Set<string>();
    for (const { name, encode } of ENCODINGS) {
      const bytes = encode(canary.text);
      if (seen.has(bytes.toString('latin1'))) continue;
      seen.add(bytes.toString('latin1'));
      if (bytes.length < KEY_BYTES) throw new Error(`a canary of kind ${canary.kind} is too short to be looked for`);
      this.patterns.add(bytes, 0);
      this.known.push({ canary, encoding: name, bytes });
    }
  }

  private addDocument(document: UploadedBytes): void {
    for (let at = 0; at + KEY_BYTES <= document.bytes.length; at += BLOCK_STRIDE) {
      if (new Set(document.bytes.subarray(at, at + KEY_BYTES)).size < MIN_DIFFERENT_BYTES) continue;
      this.blocks.add(document.bytes, at);
      this.places.push({ document, at });
    }
  }

  private canariesIn(bytes: Buffer): Finding[] {
    const found: Finding[] = [];
    this.patterns.scan(bytes, (at, entry) => {
      const pattern = this.known[entry];
      if (pattern === undefined || !bytes.subarray(at, at + pattern.bytes.length).equals(pattern.bytes)) return;
      found.push({ kind: pattern.canary.kind, what: pattern.canary.text, encoding: pattern.encoding, at });
    });
    return found;
  }

  /** What is short counts only as a whole word, and in letters that are their own encoding: other encodings were opened before. */
  private wordsIn(bytes: Buffer): Finding[] {
    if (this.words.size === 0) return [];
    return [...bytes.toString('latin1').matchAll(/[0-9A-Za-z]+/g)].flatMap(({ 0: word, index }) => {
      const canary = this.words.get(word);
      return canary === undefined ? [] : [{ kind: canary.kind, what: word, encoding: 'word', at: index }];
    });
  }

  private partsIn(bytes: Buffer): Finding[] {
    const found = new Map<string, Finding>();
    this.blocks.scan(bytes, (at, entry) => {
      const place = this.places[entry];
      if (place === undefined || found.has(place.document.name)) return;
      if (commonRun(bytes, at, place.document.bytes, place.at) < DOCUMENT_WINDOW_BYTES) return;
      found.set(place.document.name, { kind: 'documentBytes', what: place.document.name, encoding: 'bytes', at });
    });
    return [...found.values()];
  }
}

/** How many bytes are the same around two places. */
function commonRun(one: Buffer, at: number, other: Buffer, place: number): number {
  let before = 0;
  while (before < at && before < place && one[at - before - 1] === other[place - before - 1]) before += 1;
  let after = 0;
  while (at + after < one.length && place + after < other.length && one[at + after] === other[place + after]) after += 1;
  return before + after;
}
