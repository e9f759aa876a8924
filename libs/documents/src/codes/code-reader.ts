import type { PageImage } from '../page-image';
import { CodeReaderError } from './code-reader.error';
import { DecoderThread, type DecoderThreadOptions } from './decoder-thread';
import { readCodes, type PageCode } from './read-codes';

/** How a reader of codes is made. */
export interface CodeReaderOptions extends DecoderThreadOptions {
  /** Pages held at a time, waiting ones included; one more is refused. */
  maxPages?: number;
}

/** As many as the engine holds that reads the same pages' text: who gets past that gets past this. */
const DEFAULT_MAX_PAGES = 32;

/** Finds the QR codes of pages, one page after another, with one thread of its own. */
export class CodeReader {
  private readonly thread: DecoderThread;
  private readonly maxPages: number;
  private held = 0;
  private closed = false;
  private last: Promise<unknown> = Promise.resolve();

  constructor({ maxPages = DEFAULT_MAX_PAGES, ...threadOptions }: CodeReaderOptions = {}) {
    this.thread = new DecoderThread(threadOptions);
    this.maxPages = maxPages;
  }

  /** None is a normal answer; throws `CodeReaderError` when the page could not be looked at. */
  read(image: PageImage): Promise<PageCode[]> {
    if (this.closed) return Promise.reject(closedError());
    if (this.held >= this.maxPages) {
      return Promise.reject(
        new CodeReaderError('busy', `the codes of ${this.held} pages are being read already; offer the page again later`),
      );
    }
    this.held += 1;
    // A page waits as the pixels its caller holds anyway: planes are made for one page at a time.
    const reading = this.last.then(() => this.readNext(image)).finally(() => (this.held -= 1));
    this.last = reading.catch(() => undefined);
    return reading;
  }

  /** Pages that wait or are being read are rejected. */
  async close(): Promise<void> {
    this.closed = true;
    await this.thread.close();
    await this.last;
  }

  private async readNext(image: PageImage): Promise<PageCode[]> {
    return readCodes(image, (plane) => {
      if (this.closed) throw closedError();
      return this.thread.decode(plane);
    });
  }
}

function closedError(): CodeReaderError {
  return new CodeReaderError('closed', 'the code reader is closed');
}
