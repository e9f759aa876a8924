import type { Quad, Signature } from '@app/contracts';

/** One recognised character: its confidence, its centre in pixels along the line from the line's left edge, and what else it may be. */
export interface EvidenceChar {
  text: string;
  confidence: number;
  x: number;
  alternatives: { text: string; confidence: number }[];
  /** What the engine prefers here because it knows the shape; absent where that is the character itself. */
  preferred?: { text: string; confidence: number } | undefined;
}

/** One line of text as an OCR engine gives it; quads are in pixels of the upright page, clockwise from the text's top left. */
export interface EvidenceLine {
  /** What the engine prefers; `chars` are as read. */
  text: string;
  quad: Quad;
  confidence: number;
  chars: EvidenceChar[];
}

/** A seal, and what the text along its ring says; empty where that is not legible or was not read. */
export interface EvidenceSeal {
  quad: Quad;
  text: string;
}

/** What was found on one page: recognised in a picture, or given as text by the file. Codes are the texts of QR codes and barcodes: data to parse, never addresses to open. */
export interface EvidencePage {
  number: number;
  source: 'ocr' | 'text';
  width: number;
  height: number;
  /** Degrees clockwise by which the picture was turned to be upright. */
  turned: 0 | 90 | 180 | 270;
  lines: EvidenceLine[];
  codes: { format: string; text: string }[];
  seals: EvidenceSeal[];
}

/** An element of a document that is data: its name without prefix, its own text, its child elements. */
export interface EvidenceElement {
  name: string;
  text: string;
  children: EvidenceElement[];
}

/** Everything a reading is made from; `today` is the calendar day YYYY-MM-DD in Asia/Shanghai. */
export interface Evidence {
  pages: EvidencePage[];
  /** The roots of what is data: the document itself, which then has no pages, or what is attached to it. */
  xml?: readonly EvidenceElement[];
  /** The document's own electronic signatures. */
  signatures?: readonly Signature[];
  today: string;
}
