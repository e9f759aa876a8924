import { billOfd, billPdf, billXml, sampleBill } from '@app/samples';
import { SOURCE_ARGV } from '../../../../test/support/source-argv';
import { openDocument } from '../open-document';
import type { OpenedDocument } from '../opened-document';
import { DocumentReader } from './document-reader';

const BILL = sampleBill(21, { today: '2026-11-22' });

/** All that a document gives, its pixels as text. */
async function contentsOf(document: OpenedDocument): Promise<string> {
  const { mediaType, pageCount, xml, signatures } = document;
  const pages = [];
  for (let number = 1; number <= pageCount; number += 1) pages.push(await document.page(number), await document.picture(number));
  await document.close();
  // Of a `Buffer` only its holder still has the bytes as such.
  function asText(this: Record<string, unknown>, key: string): unknown {
    const value = this[key];
    return value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value;
  }
  return JSON.stringify({ mediaType, pageCount, xml, signatures, pages }, asText);
}

describe('the thread that parses', () => {
  const reader = new DocumentReader({ workerExecArgv: SOURCE_ARGV, maxDocuments: 1 });

  afterAll(() => reader.close());

  it.each<[string, () => Buffer | Promise<Buffer>]>([
    ['XML', () => Buffer.from(billXml(BILL))],
    ['a PDF with text, codes and attached XML', () => billPdf([BILL, BILL], { hasXml: true })],
    ['a PDF of a scan', () => billPdf([BILL], { form: 'scan' })],
    ['OFD', () => billOfd(BILL, { attached: BILL })],
  ])('gives of %s what the same parser gives here', async (_, make) => {
    const bytes = await make();
    const before = Buffer.from(bytes);
    const contents = await contentsOf(await reader.open(bytes));
    expect(contents.length).toBeGreaterThan(1_000);
    expect(contents === (await contentsOf(await openDocument(bytes)))).toBe(true);
    expect(before.equals(bytes)).toBe(true);
  });

  it('gives refusals with their reasons', async () => {
    const refused = async (bytes: Buffer) => reader.open(bytes).catch((error: unknown) => error);
    const here = async (bytes: Buffer) => openDocument(bytes).catch((error: unknown) => error);
    for (const bytes of [Buffer.from('<a>'), Buffer.from('<!DOCTYPE a><a/>'), Buffer.from('PK\x05\x06'), Buffer.from('%PDF-1.7')]) {
      const { name, code, message } = (await here(bytes)) as { name: string; code: string; message: string };
      expect(await refused(bytes)).toMatchObject({ name, code, message });
    }
  });

  it('can be closed while a document is open', async () => {
    const closing = new DocumentReader({ workerExecArgv: SOURCE_ARGV });
    const document = await closing.open(await billPdf([BILL]));
    await closing.close();
    await expect(document.page(1)).rejects.toMatchObject({ name: 'DocumentReaderError', failure: 'closed' });
    await document.close();
  });
});
