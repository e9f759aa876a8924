import type { EvidenceLine, EvidencePage } from '@app/bills';
import type { Signature } from '@app/contracts';
import type { DocumentSignature, PageCode, TextLine, TextPage } from '@app/documents';
import type { PageText } from '@app/ocr';

/** What the engine and the reader of codes found in a picture. */
export function pictureEvidence(number: number, text: PageText, codes: PageCode[]): EvidencePage {
  const { width, height, turned, lines } = text;
  const seals = text.seals.map(({ quad, ring }) => ({ quad, text: ring?.text ?? '' }));
  return { number, source: 'ocr', width, height, turned, lines, seals, codes: codes.map(plain) };
}

/** What the file itself says stands on a page. */
export function textEvidence({ number, width, height, lines }: TextPage, codes: PageCode[]): EvidencePage {
  return { number, source: 'text', width, height, turned: 0, lines: lines.map(givenLine), seals: [], codes: codes.map(plain) };
}

/** A given character is certain, unless nobody who looks at the page sees it: then it proves nothing. */
function givenLine({ text, quad, chars }: TextLine): EvidenceLine {
  const given = chars.map(({ text: char, x, isVisible }) => ({ text: char, x, confidence: isVisible ? 1 : 0, alternatives: [] }));
  return { text, quad, confidence: Math.min(...given.map(({ confidence }) => confidence)), chars: given };
}

function plain({ format, text }: PageCode): EvidencePage['codes'][number] {
  return { format, text };
}

/** A signature as readings show it: its state, and not in words why it is so. */
export function shownSignature({ why: _why, ...signature }: DocumentSignature): Signature {
  return signature;
}
