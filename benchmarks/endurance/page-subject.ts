import { readFile } from 'node:fs/promises';
import type { OcrEngine } from '@app/ocr';
import { BillReader, CodeReader, DocumentReader } from '@app/reading';
import { decodePage } from '../ocr/decode-page';
import { fingerprint } from './fingerprint';
import { LongestCall } from './longest-call';
import type { Stall } from './stalls';

/** Reads a file one way or the other, and answers the result's fingerprint. */
export interface PageSubject {
  read(file: string): Promise<string>;
  /** Longest times that single calls held the thread, by their names. */
  heldBy(): Record<string, Stall>;
}

/** The engine alone, with the decoding that every caller has. */
export function engineSubject(engine: OcrEngine): PageSubject {
  const handing = new LongestCall();
  const hashing = new LongestCall();
  return {
    async read(file) {
      const page = await decodePage(file);
      const text = await handing.time(() => engine.read(page));
      return hashing.time(() => fingerprint(text));
    },
    heldBy: () => ({ 'handing a page to the engine': handing.held, 'hashing its result (this benchmark)': hashing.held }),
  };
}

/** The whole reader, as a worker process runs it: decoding, QR codes and the making of bills as well. */
export function readingSubject(engine: OcrEngine): PageSubject {
  const handing = new LongestCall();
  const hashing = new LongestCall();
  // Their threads are idle between two pages and then hold no process up: there is nothing to close.
  const codes = new CodeReader();
  const documents = new DocumentReader();
  const reader = new BillReader({ read: (page, options) => handing.time(() => engine.read(page, options)) }, codes, documents);
  return {
    async read(file) {
      const reading = await reader.read(await readFile(file));
      return hashing.time(() => fingerprint(reading));
    },
    heldBy: () => ({ 'handing a page to the engine': handing.held, 'hashing its result (this benchmark)': hashing.held }),
  };
}
