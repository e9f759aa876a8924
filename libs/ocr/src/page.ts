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

/** An ellipse in page pixels: half its length and half its breadth, and the direction of its length in radians, clockwise from the x axis. */
export interface Ellipse {
  centre: Point;
  semiMajor: number;
  semiMinor: number;
  angle: number;
}

/** What stands along the inside of a seal's ring, clockwise; `x` of its characters runs along the arc through their middle. */
export interface RingReading {
  text: string;
  confidence: number;
  chars: LineChar[];
}

/** A seal: where it is, what it is like, and what its ring says. */
export interface PageSeal {
  shape: 'round' | 'rectangular';
  /** Red ink, or any other as it comes through a fax, a copier or a grey scan. */
  colour: 'red' | 'dark';
  /** The upright rectangle around a round seal; the corners of a rectangular one. Parts of it may be cut off by the page. */
  quad: Quad;
  /** The outer edge of a round or oval seal. */
  ellipse?: Ellipse;
  /** Share of its outline that is seen, 0 to 1. */
  confidence: number;
  /** For a round seal, where rings are read; its text is empty where nothing is legible. */
  ring?: RingReading;
}

/** How long a page took; the models' time is part of the others, and the sum over all workers. */
export interface PageTimings {
  detectMs: number;
  recognizeMs: number;
  totalMs: number;
  /** Core time of the models' runs: what the page would cost if everything around them were free. */
  modelMs: number;
}

/** Why a page has no lines: too narrow for any character, one colour throughout, or looked at and nothing found. */
export type EmptyReason = 'too-small' | 'one-colour' | 'no-text';

/** What stands on a page: width, height and quads are those of the upright page. */
export interface PageText {
  width: number;
  height: number;
  lines: TextLine[];
  /** Those that were looked for, the surest first. */
  seals: PageSeal[];
  /** Why there are no lines, where there are none. */
  emptyBecause?: EmptyReason;
  /** Degrees by which the page was turned clockwise to be upright. */
  turned: Turn;
  timings: PageTimings;
}
