import type { FieldName, Quad } from '@app/contracts';
import { confidenceOf, printedOf, quadOf, type Span } from '../layout/span';
import type { Glyph } from '../layout/rows';
import { glyphsOf } from '../layout/span';

/** A value found for a field. `wellFormed` is false when the print is there but has not the field's shape: then `value` is the print. */
export interface Candidate {
  field: FieldName;
  value: string;
  raw: string;
  wellFormed: boolean;
  /** True when a character was taken for another, as a letter for the digit it looks like. */
  repaired: boolean;
  confidence: number;
  quad: Quad | null;
  glyphs: Glyph[];
}

/** A value's canonical form and the part of the span it stands in; null when the span has no such value. */
export interface Shaped {
  value: string;
  span: Span;
  repaired: boolean;
  /** Where it is not that of the span's least certain character. */
  confidence?: number;
}

/** Makes the candidate of a field from the span its value was read from. */
export function candidate(field: FieldName, shaped: Shaped, wellFormed: boolean): Candidate {
  return {
    field,
    value: shaped.value,
    raw: printedOf(shaped.span),
    wellFormed,
    repaired: shaped.repaired,
    confidence: shaped.confidence ?? confidenceOf(shaped.span),
    quad: quadOf(shaped.span),
    glyphs: glyphsOf(shaped.span),
  };
}
