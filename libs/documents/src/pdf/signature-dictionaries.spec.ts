import { pagePdf } from '../../../../test/support/written-pdf';
import { loadPdfium } from './pdfium/load-pdfium';
import type { PdfSignature } from '../signatures/pdf/check-pdf-signatures';
import { signatureDictionaries } from './signature-dictionaries';

async function signaturesOf(...signatures: string[]): Promise<PdfSignature[]> {
  const fields = signatures.map((_, index) => `${6 + 2 * index} 0 R`).join(' ');
  const bytes = pagePdf({
    content: '',
    catalogue: `/AcroForm << /SigFlags 3 /Fields [${fields}] >>`,
    objects: signatures.flatMap((signature, index) => [
      `<< /FT /Sig /T (${index}) /V ${7 + 2 * index} 0 R >>`,
      `<< /Type /Sig ${signature} >>`,
    ]),
  });
  const pdfium = await loadPdfium();
  return pdfium.withBuffer(bytes.length, (address) => {
    pdfium.bytes(address, bytes.length).set(bytes);
    const document = pdfium.call.FPDF_LoadMemDocument(address, bytes.length, 0);
    try {
      return signatureDictionaries(pdfium, document);
    } finally {
      pdfium.call.FPDF_CloseDocument(document);
    }
  });
}

describe('signatureDictionaries', () => {
  it('gives each signature as the file has it', async () => {
    const first =
      "/Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.detached /ByteRange [0 100 300 50] /Contents <3003020105000000> /Reason <FEFF76D67AE0> /M (D:20260409101500+08'00')";
    expect(await signaturesOf(first, '/Filter /Adobe.PPKLite')).toEqual([
      {
        contents: Uint8Array.of(0x30, 3, 2, 1, 5, 0, 0, 0),
        byteRange: [0, 100, 300, 50],
        subFilter: 'adbe.pkcs7.detached',
        signedAt: "D:20260409101500+08'00'",
      },
      { contents: new Uint8Array(0), byteRange: [], subFilter: '', signedAt: '' },
    ]);
  });

  it('gives none where there is none, and of too many the first', async () => {
    expect(await signaturesOf()).toEqual([]);
    expect(await signaturesOf(...new Array<string>(40).fill('/Filter /A'))).toHaveLength(32);
  });
});
