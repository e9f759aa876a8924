import { DocumentError } from '../document.error';
import type { DocumentLimits } from '../limits';
import type { OpenedDocument } from '../opened-document';
import type { SignatureJudge } from '../signatures/judge-signature';
import { checkPdfSignatures } from '../signatures/pdf/check-pdf-signatures';
import { attachedXml } from './attached-xml';
import { loadPage, type PdfPage } from './pdf-page';
import { loadPdfium } from './pdfium/load-pdfium';
import type { Pdfium } from './pdfium/pdfium';
import { drawPage, readPage } from './read-pdf-page';
import { signatureDictionaries } from './signature-dictionaries';

const WRONG_PASSWORD = 4;
const UNKNOWN_SECURITY = 5;

/**
 * Opens a PDF. Scripts in it are never run, forms that are programs (XFA) are not read, and nothing it points to is fetched. Memory is
 * bounded, time is not: a hostile page can keep its thread busy. Throws `DocumentError`.
 */
export async function openPdf(bytes: Buffer, limits: DocumentLimits, judge: SignatureJudge): Promise<OpenedDocument> {
  const pdfium = await loadPdfium();
  const file = new PdfFile(pdfium);
  try {
    return pdfium.run(() => {
      const document = file.open(bytes);
      const pageCount = countPages(pdfium, document, limits);
      const onPage = <T>(number: number, use: (page: PdfPage) => T): Promise<T> =>
        new Promise((resolve) => resolve(pdfium.run(() => use(file.page(number)))));
      return {
        mediaType: 'application/pdf',
        pageCount,
        xml: attachedXml(pdfium, document, pageCount),
        signatures: checkPdfSignatures(bytes, signatureDictionaries(pdfium, document), judge),
        page: (number) => onPage(number, (page) => readPage(page, number, limits)),
        picture: (number) => onPage(number, (page) => drawPage(page, limits)),
        close: () => {
          file.close();
          return Promise.resolve();
        },
      };
    });
  } catch (error) {
    file.close();
    throw error;
  }
}

function countPages(pdfium: Pdfium, document: number, { maxPages }: DocumentLimits): number {
  const count = pdfium.call.FPDF_GetPageCount(document);
  if (count < 1) throw new DocumentError('damaged', 'the PDF has no page');
  if (count > maxPages) throw new DocumentError('too-many-pixels', `the PDF has ${count} pages, and ${maxPages} are allowed`);
  return count;
}

/** A file in PDFium's memory, and of its pages the one that was asked for last: it is often asked for again, and costly to take apart. */
class PdfFile {
  private buffer = 0;
  private document = 0;
  private current: { number: number; page: PdfPage } | null = null;
  private isClosed = false;

  constructor(private readonly pdfium: Pdfium) {
    pdfium.retain();
  }

  open(bytes: Buffer): number {
    const { pdfium } = this;
    this.buffer = pdfium.allocate(bytes.length);
    pdfium.bytes(this.buffer, bytes.length).set(bytes);
    this.document = pdfium.call.FPDF_LoadMemDocument(this.buffer, bytes.length, 0);
    if (this.document === 0) throw unopened(pdfium.call.FPDF_GetLastError());
    return this.document;
  }

  page(number: number): PdfPage {
    if (this.isClosed) throw new DocumentError('damaged', 'the PDF is closed');
    if (this.current?.number === number) return this.current.page;
    this.closePage();
    this.current = { number, page: loadPage(this.pdfium, this.document, number) };
    return this.current.page;
  }

  close(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.pdfium.release();
    this.pdfium.tidy(() => {
      this.closePage();
      if (this.document !== 0) this.pdfium.call.FPDF_CloseDocument(this.document);
      if (this.buffer !== 0) this.pdfium.call.free(this.buffer);
    });
  }

  private closePage(): void {
    if (this.current) this.pdfium.call.FPDF_ClosePage(this.current.page.handle);
    this.current = null;
  }
}

function unopened(reason: number): DocumentError {
  if (reason === WRONG_PASSWORD) return new DocumentError('encrypted', 'the PDF opens with a password only');
  if (reason === UNKNOWN_SECURITY) return new DocumentError('encrypted', 'the PDF is encrypted in a way that cannot be opened');
  return new DocumentError('damaged', 'the PDF cannot be read');
}
