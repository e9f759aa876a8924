import { Reading } from '@app/contracts';
import { DocumentReader, type OpenedDocument, type XmlElement } from '@app/documents';
import { BillReader, type DocumentOpener, type PageCodeReader, type PageReader } from '@app/reading';
import { SOURCE_ARGV } from '../support/source-argv';
import { FUZZ_DAY } from './fuzz-subjects';
import { unfoundElements } from './unfound-elements';

/** Stands for the engine: it sees nothing on any page, so that what is read comes from the file's own text. */
const BLIND: PageReader = {
  read: ({ width, height }) =>
    Promise.resolve({ width, height, lines: [], seals: [], turned: 0, timings: { detectMs: 0, recognizeMs: 0, totalMs: 0, modelMs: 0 } }),
};

const NO_CODES: PageCodeReader = { read: () => Promise.resolve([]) };

/** How one document ended; `problem` says what must not be, null where all is well. */
export interface FuzzEnd {
  outcome: string;
  ms: number;
  problem: string | null;
}

/** Reads spoilt documents as the product does, all but the models. */
export class FuzzRun {
  private readonly documents = new DocumentReader({ workerExecArgv: SOURCE_ARGV, maxDocuments: 1 });
  private readonly evidence: string[] = [];
  private readonly bills = new BillReader(BLIND, NO_CODES, this.witnessed(), () => Date.parse(`${FUZZ_DAY}T04:00:00Z`));

  async read(bytes: Buffer): Promise<FuzzEnd> {
    this.evidence.length = 0;
    const from = performance.now();
    const ended = await this.bills.read(bytes).catch((error: unknown) => error);
    return { ms: performance.now() - from, ...this.judge(ended) };
  }

  get threadsLost(): number {
    return this.documents.threadsLost;
  }

  close(): Promise<void> {
    return this.documents.close();
  }

  private judge(ended: unknown): Omit<FuzzEnd, 'ms'> {
    if (ended instanceof Error) return { outcome: `threw ${ended.name}`, problem: ended.stack ?? ended.message };
    const reading = Reading.safeParse(ended);
    if (!reading.success) return { outcome: 'no reading', problem: reading.error.message };
    const { decision, refusal, bills } = reading.data;
    if (refusal) return { outcome: `refused: ${refusal.code}`, problem: null };
    const unfound = bills.filter((bill) => bill.decision === 'auto').flatMap((bill) => unfoundElements(bill.elements, this.evidence));
    return { outcome: decision, problem: unfound.length > 0 ? `certain, but not in the file: ${unfound.join(', ')}` : null };
  }

  /** Notes every text that the file gives. */
  private witnessed(): DocumentOpener {
    return {
      open: async (bytes, options) => {
        const document = await this.documents.open(bytes, options);
        this.evidence.push(...document.xml.flatMap(textsOf));
        return this.noting(document);
      },
    };
  }

  private noting(document: OpenedDocument): OpenedDocument {
    return {
      mediaType: document.mediaType,
      pageCount: document.pageCount,
      xml: document.xml,
      signatures: document.signatures,
      page: async (number) => {
        const page = await document.page(number);
        if (page.kind === 'text') this.evidence.push(page.lines.map(({ text }) => text).join('\n'));
        return page;
      },
      picture: (number) => document.picture(number),
      close: () => document.close(),
    };
  }
}

function textsOf({ text, children }: XmlElement): string[] {
  return [text, ...children.flatMap(textsOf)];
}
