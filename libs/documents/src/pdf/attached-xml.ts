import { DocumentError } from '../document.error';
import { looksLikeXml } from '../xml/looks-like-xml';
import { readXml, type XmlElement } from '../xml/read-xml';
import { XML_LIMITS } from '../xml/xml-limits';
import type { Pdfium } from './pdfium/pdfium';

/** Attached files beyond this many are left out; a bill has one or two. */
const MAX_FILES = 32;

/** Annotations that are looked at for files, over all pages. */
const MAX_ANNOTATIONS = 512;

const FILE_ATTACHMENT = 17;

/** The roots of the attached files that are XML by their content, whatever their names; what is none or cannot be read is left out. */
export function attachedXml(pdfium: Pdfium, document: number, pageCount: number): XmlElement[] {
  const files: (Uint8Array | null)[] = [];
  const { call } = pdfium;
  const count = Math.min(MAX_FILES, Math.max(0, call.FPDFDoc_GetAttachmentCount(document)));
  for (let index = 0; index < count; index += 1) files.push(contentOf(pdfium, call.FPDFDoc_GetAttachment(document, index)));
  files.push(...filesOfAnnotations(pdfium, document, pageCount, MAX_FILES - count));
  return files.flatMap((file) => (file && looksLikeXml(file) ? parsed(file) : []));
}

function filesOfAnnotations(pdfium: Pdfium, document: number, pageCount: number, most: number): (Uint8Array | null)[] {
  const { call } = pdfium;
  const files: (Uint8Array | null)[] = [];
  let left = MAX_ANNOTATIONS;
  for (let page = 0; page < pageCount; page += 1) {
    const count = call.EPDFPage_GetAnnotCountRaw(document, page);
    for (let index = 0; index < count && left > 0 && files.length < most; index += 1, left -= 1) {
      const annotation = call.EPDFPage_GetAnnotRaw(document, page, index);
      if (annotation === 0) continue;
      try {
        if (call.FPDFAnnot_GetSubtype(annotation) !== FILE_ATTACHMENT) continue;
        files.push(contentOf(pdfium, call.FPDFAnnot_GetFileAttachment(annotation)));
      } finally {
        call.FPDFPage_CloseAnnot(annotation);
      }
    }
  }
  return files;
}

function contentOf(pdfium: Pdfium, attachment: number): Uint8Array | null {
  if (attachment === 0) return null;
  const { call } = pdfium;
  const [size = 0] = pdfium.integers(1, (address = 0) => call.FPDFAttachment_GetFile(attachment, 0, 0, address)) ?? [];
  if (size === 0 || size > XML_LIMITS.maxBytes) return null;
  return pdfium.withBuffer(size, (buffer) => {
    const [written = 0] = pdfium.integers(1, (address = 0) => call.FPDFAttachment_GetFile(attachment, buffer, size, address)) ?? [];
    return written === size ? pdfium.bytes(buffer, size).slice() : null;
  });
}

function parsed(file: Uint8Array): XmlElement[] {
  try {
    return [readXml(file)];
  } catch (error) {
    if (error instanceof DocumentError) return [];
    throw error;
  }
}
