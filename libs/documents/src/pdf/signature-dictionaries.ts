import type { PdfSignature } from '../signatures/pdf/check-pdf-signatures';
import type { Pdfium } from './pdfium/pdfium';

/** Signatures beyond this many are left out; a bill has two or three. */
const MAX_SIGNATURES = 32;

const MAX_CONTENTS_BYTES = 1_048_576;
const MAX_TEXT_BYTES = 4096;
const MAX_RANGES = 64;

/** The signature dictionaries of a document that is open, in the order of its form fields. */
export function signatureDictionaries(pdfium: Pdfium, document: number): PdfSignature[] {
  const { call } = pdfium;
  const count = Math.min(MAX_SIGNATURES, Math.max(0, call.FPDF_GetSignatureCount(document)));
  return Array.from({ length: count }, (_, index) => call.FPDF_GetSignatureObject(document, index))
    .filter((signature) => signature !== 0)
    .map((signature) => ({
      contents: content(pdfium, MAX_CONTENTS_BYTES, (...to) => call.FPDFSignatureObj_GetContents(signature, ...to)),
      byteRange: ranges(pdfium, signature),
      subFilter: text(pdfium, 'latin1', (...to) => call.FPDFSignatureObj_GetSubFilter(signature, ...to)),
      signedAt: text(pdfium, 'latin1', (...to) => call.FPDFSignatureObj_GetTime(signature, ...to)),
    }));
}

type Filler = (address: number, size: number) => number;

/** Functions say how long a value is, and write it where the room is enough. */
function content(pdfium: Pdfium, maxBytes: number, fill: Filler): Uint8Array {
  const size = fill(0, 0);
  if (size === 0 || size > maxBytes) return new Uint8Array(0);
  return pdfium.withBuffer(size, (address) => (fill(address, size) === size ? pdfium.bytes(address, size).slice() : new Uint8Array(0)));
}

function text(pdfium: Pdfium, encoding: BufferEncoding, fill: Filler): string {
  return Buffer.from(content(pdfium, MAX_TEXT_BYTES, fill))
    .toString(encoding)
    .replace(/\0+$/u, '');
}

function ranges(pdfium: Pdfium, signature: number): number[] {
  const count = pdfium.call.FPDFSignatureObj_GetByteRange(signature, 0, 0);
  if (count === 0 || count > MAX_RANGES) return [];
  return pdfium.withBuffer(count * 4, (address) => {
    pdfium.call.FPDFSignatureObj_GetByteRange(signature, address, count);
    const bytes = pdfium.bytes(address, count * 4).slice();
    return Array.from(new Int32Array(bytes.buffer));
  });
}
