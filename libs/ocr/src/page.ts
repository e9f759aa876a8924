import type { EmptyReason } from './limits/blank-page';

/** A point of a page: x to the right, y down, in pixels. */
export type Point = [x: number, y: number];

/** Four corners in page pixels, clockwise from the text's top left. */
export type Quad = [Point, Point, Point, Point];

/** Clockwise quarter turns, in degrees. */
export type Turn = 0 | 90 | 180 | 270;

/** A page to be read: 8-bit RGB, interleaved, row-major; it need not be upright. */
export interface PageImage {
  width: number;
  height: number;
  rgb: Uint8Array;
}

/** One character as read, with what else it might have been. */
export interface LineChar {
  text: string;
  /** The recogniser's probability, 0 to 1. */
  confidence: number;
  /** Centre of the character in page pixels along the line, from the line's left edge. */
  x: number;
  /** Other characters the recogniser saw at this place, likeliest first. */
  alternatives: { text: string; confidence: number }[];
  /** What a known shape prefers here: another character, none where it was read twice, several where one was lost; absent otherwise. */
  preferred?: { text: string; confidence: number } | undefined;
}

/** One line of text; `confidence` is the mean over its characters as read. */
export interface TextLine {
  /** What is preferred: `raw`, but for the characters that say so. */
  text: string;
  /** As the model read it: the texts of `chars`. */
  raw: string;
  quad: Quad;
  confidence: number;
  chars: LineChar[];
}

/** How long a page took; the models' time is part of the others, and the sum over all workers. */
export interface PageTimings {
  detectMs: number;
  recognizeMs: number;
  totalMs: number;
  /** Core time of the models' runs: what the page would cost if everything around them were free. */
  modelMs: number;
}

/** What stands on a page: width, height and quads are those of the upright page. */
export interface PageText {
  width: number;
  height: number;
  lines: TextLine[];
  /** Why there are no lines, where there are none. */
  emptyBecause?: EmptyReason;
  /** Degrees by which the page was turned clockwise to be upright. */
  turned: Turn;
  timings: PageTimings;
}
